import Claims
import Experiments
import Measurements
import Reproduction
import Statistics

extension CoherenceFigure {
  /// The claim that coherence tracks accuracy, in every panel.
  package static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    let settings = ImageExperiments.settings(on: sets, scope, panels)
    return [
      Claim(
        "guiroy2019/\(identity.name)/\(claim.name)", quoting: claim.words, at: claim.location,
        gate: .bestEpoch(of: settings) { $0[$1]?.curves(\.accuracy) }
      ) {
        for setting in settings { criteria(on: setting) }
      }
    ]
  }

  @CriteriaBuilder<Results>
  private static func criteria(on setting: Setting) -> [Criterion<Results>] {
    let measure = measure
    // Two curves that both rise correlate by drift alone, and as much with another seed's.
    Criterion(
      "\(setting.fullTitle), beyond drift",
      statistic: "Fisher's z of \(measure.correlation.rawValue) within a seed minus the mean z "
        + "between its \(measure.name) and other seeds' accuracy", .positive
    ) { (results: Results) in
      results[setting].map {
        .correlationBeyondDrift(
          of: measure.curves(of: $0), and: $0.curves(\.accuracy), by: measure.correlation)
      }
    }
    for correlation in [Correlation.pearson, .spearman, .firstDifferences] {
      Criterion(
        "\(setting.fullTitle), \(correlation.rawValue)",
        statistic: "\(correlation.rawValue) of \(measure.name) and accuracy over epochs, per seed",
        .positive, scale: .correlation,
        role: correlation == measure.correlation ? .decides : .accompanies
      ) { (results: Results) in
        results[setting].map {
          .correlation(
            of: measure.curves(of: $0), and: $0.curves(\.accuracy), by: correlation)
        }
      }
    }
    if measure.value != \TrajectorySummary.coherence {
      Criterion(
        "\(setting.fullTitle), cosine",
        statistic: "\(measure.correlation.rawValue) of the mean cosine and accuracy, per seed",
        .positive, scale: .correlation, role: .accompanies
      ) { (results: Results) in
        results[setting].map {
          .correlation(
            of: $0.curves(\.coherence), and: $0.curves(\.accuracy), by: measure.correlation)
        }
      }
    }
  }
}
