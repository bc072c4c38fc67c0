import Claims
import CommonSetup
import DataSets
import Statistics

extension AccuracyFigure {
  /// Methods against others on CNN(2), pooled over data sets; the single columns accompany.
  ///
  /// "Every column" cannot be shown column by column: the paper's own effects of 0.2 to 0.6 points
  /// would need hundreds to thousands of seeds each.
  ///
  /// - Parameters:
  ///   - pairs: A method, and what it is compared with.
  ///   - sets: The data sets.
  ///   - scope: What the claim is made about.
  /// - Returns: A criterion for each pair over all sets, and those of single sets beside them.
  @CriteriaBuilder<AccuracyResults>
  package static func comparisons(
    of pairs: [(Method, Method)], on sets: [ImageSet], _ scope: ClaimScope
  ) -> [Criterion<AccuracyResults>] {
    for (method, other) in pairs {
      let title = "\(method.title(family)) over \(other.title(family))"
      Criterion(
        title, statistic: "gain of accuracy, mean over the data sets", .positive, in: .points,
        paperEffect: method.paperGain(over: other, family, on: sets)
      ) { (results: AccuracyResults) in
        PerSeed.mean(of: sets.map { results.found.gain(of: method, over: other, on: $0) })
      }
      for set in sets where sets.count > 1 {
        Criterion(
          "\(title), \(scope.title(set))", statistic: "gain of accuracy", .positive, in: .points,
          role: .accompanies, paperEffect: method.paperGain(over: other, family, on: [set])
        ) { (results: AccuracyResults) in
          results.found.gain(of: method, over: other, on: set)
        }
      }
    }
  }
}
