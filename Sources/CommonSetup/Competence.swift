import Claims
import DataSets
import Reproduction
import Statistics

/// What a plain learner must reach before a claim about trained models is judged.
///
/// One rule for all papers, fixed before any result: half of what the paper's plain learner gains over
/// chance. What learns less than that says little on what helps it.
public enum Competence {
  /// The most that accuracy may still gain in the last quarter of training.
  public static let lastQuarterGain = 0.02

  /// Half way from chance to the paper's accuracy.
  public static func halfway(from chance: Double, to accuracy: Double) -> Double {
    chance + (accuracy - chance) / 2
  }

  /// A gate half way from chance to the paper's accuracies, by the names of the arms or data.
  public static func gate<Results: Sendable>(
    _ arm: String, from chance: Double, to paper: [String: Double],
    accuracies: @escaping @Sendable (Results) -> [String: PerSeed<Double>]
  ) -> Gate<Results> {
    Gate(
      arm, accuracyAtLeast: paper.mapValues { halfway(from: chance, to: $0) },
      lastQuarterGainsAtMost: lastQuarterGain
    ) { accuracies($0).mapValues { ReferenceArm($0) } }
  }
}

extension ClaimScope {
  /// How a set is called in claims: what stands for it is not named after it.
  public func title(_ set: ImageSet) -> String {
    data == nil ? "\(set.standIn) for \(set.title)" : set.title
  }

  /// The sets that claims are about: a figure's own, or the one that the user names.
  public func sets(_ own: [ImageSet]) -> [ImageSet] {
    FigureOptions(data: data.map(DataChoice.init) ?? .standIns).sets(own)
  }
}
