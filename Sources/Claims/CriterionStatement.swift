import Experiments

/// One statistic of a claim with its rule, both fixed before any number is seen: what is written of
/// a ``Criterion`` into files.
public struct CriterionStatement: Codable, Equatable, Sendable {
  /// Where a value must lie.
  public enum Rule: Codable, Equatable, Sendable {
    /// Above a threshold, with the whole interval.
    case above(threshold: Double)
    /// Below a threshold, with the whole interval.
    case below(threshold: Double)
    /// Within ±margin, by two one-sided tests: "hardly matters", "like", "near".
    case equivalent(margin: Double)

    /// Above zero.
    public static var positive: Rule { .above(threshold: 0) }

    /// Below zero.
    public static var negative: Rule { .below(threshold: 0) }
  }

  /// The scale on which values are averaged over seeds.
  public enum Scale: String, Codable, Sendable {
    /// As they are.
    case linear
    /// Correlations: Fisher's z of each, results mapped back to R.
    case correlation
  }

  /// What values count, as people read them; computations and files have the numbers as they are.
  public enum Unit: String, Codable, Sendable {
    /// Differences of accuracies, which are fractions: hundredths of them.
    case points
    /// Accuracies.
    case percent
    /// Ratios.
    case times
  }

  /// Whether a criterion takes part in the verdict.
  public enum Role: String, Codable, Sendable {
    /// The verdict needs it.
    case decides
    /// It is reported beside the others and changes nothing.
    case accompanies
  }

  /// A name unique in its claim, such as the panel and the statistic.
  public var name: String

  /// What is measured per seed, in words: `last value minus value at the peak`.
  public var statistic: String

  /// Where it must lie.
  public var rule: Rule

  /// The scale of its mean and interval.
  public var scale: Scale

  /// What its values count; nothing for plain numbers.
  public var unit: Unit?

  /// Whether it decides.
  public var role: Role

  /// The effect that the paper reports; excluding it refutes where the runs are the paper's own.
  public var paperEffect: Double?

  /// The smallest budget whose runs can decide it, if that is not the claim's.
  public var smallestBudget: Budget?

  /// A criterion; by default it is on a linear scale, and decides.
  public init(
    _ name: String, statistic: String, rule: Rule, unit: Unit? = nil, scale: Scale = .linear,
    role: Role = .decides, paperEffect: Double? = nil, smallestBudget: Budget? = nil
  ) {
    self.name = name
    self.statistic = statistic
    self.rule = rule
    self.unit = unit
    self.scale = scale
    self.role = role
    self.paperEffect = paperEffect
    self.smallestBudget = smallestBudget
  }
}
