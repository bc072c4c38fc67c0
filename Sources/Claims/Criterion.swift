import Experiments
import Statistics

/// One statistic of a claim with its rule, and how it is measured in a figure's results.
public struct Criterion<Results: Sendable>: Sendable {
  /// What is asked: the part that is written into files.
  public let statement: CriterionStatement

  /// What the results say on it, or nothing if they do not have it.
  public let evidence: @Sendable (Judged<Results>) -> Evidence?

  /// A statement with its measurement.
  public init(
    _ statement: CriterionStatement, evidence: @escaping @Sendable (Judged<Results>) -> Evidence?
  ) {
    self.statement = statement
    self.evidence = evidence
  }

  /// A criterion that is measured in the results alone.
  ///
  /// - Parameters:
  ///   - name: A name unique in its claim.
  ///   - statistic: What is measured, in words.
  ///   - rule: Where it must lie.
  ///   - unit: What its values count.
  ///   - scale: The scale of its mean and interval.
  ///   - role: Whether it decides.
  ///   - paperEffect: The effect that the paper reports, in the unit of the values.
  ///   - smallestBudget: The smallest budget that decides it, if not the claim's.
  ///   - evidence: What the results say, or nothing if they do not have it.
  public init(
    _ name: String, statistic: String, _ rule: CriterionStatement.Rule,
    in unit: CriterionStatement.Unit? = nil, scale: CriterionStatement.Scale = .linear,
    role: CriterionStatement.Role = .decides, paperEffect: Double? = nil,
    smallestBudget: Budget? = nil,
    evidence: @escaping @Sendable (Results) -> Evidence?
  ) {
    self.init(
      CriterionStatement(
        name, statistic: statistic, rule: rule, unit: unit, scale: scale, role: role,
        paperEffect: paperEffect, smallestBudget: smallestBudget)
    ) { evidence($0.results) }
  }

  /// A criterion that is measured as one value per seed.
  public init(
    _ name: String, statistic: String, _ rule: CriterionStatement.Rule,
    in unit: CriterionStatement.Unit? = nil, scale: CriterionStatement.Scale = .linear,
    role: CriterionStatement.Role = .decides, paperEffect: Double? = nil,
    smallestBudget: Budget? = nil,
    values: @escaping @Sendable (Results) -> PerSeed<Double>?
  ) {
    self.init(
      name, statistic: statistic, rule, in: unit, scale: scale, role: role,
      paperEffect: paperEffect, smallestBudget: smallestBudget
    ) { results in values(results).map { Evidence.seeds($0) } }
  }

  /// A criterion on time, which needs the times of trainings that are kept beside the results.
  public init(
    _ name: String, statistic: String, _ rule: CriterionStatement.Rule,
    in unit: CriterionStatement.Unit? = nil, scale: CriterionStatement.Scale = .linear,
    role: CriterionStatement.Role = .decides, paperEffect: Double? = nil,
    smallestBudget: Budget? = nil,
    evidenceOfTimes: @escaping @Sendable (Results, TrainingTimes) -> Evidence?
  ) {
    self.init(
      CriterionStatement(
        name, statistic: statistic, rule: rule, unit: unit, scale: scale, role: role,
        paperEffect: paperEffect, smallestBudget: smallestBudget)
    ) { judged in judged.times.flatMap { evidenceOfTimes(judged.results, $0) } }
  }
}
