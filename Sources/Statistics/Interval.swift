import Foundation

/// An estimate with its confidence interval, and how that interval was made.
public struct Interval: Codable, Equatable, Sendable {
  /// The ways in which an interval can be made.
  public enum Kind: String, Codable, Sendable {
    /// Student's t over seeds.
    case studentT = "Student t"
    /// Student's t over seeds of Fisher's z = artanh R, mapped back to R.
    case fisherOverSeeds = "Fisher z, t over seeds"
    /// Fisher's z of a single correlation of n independent pairs.
    case fisher = "Fisher z"
    /// Wilson's score interval of a proportion.
    case wilson = "Wilson"
    /// Two order statistics around a median.
    case orderStatistics = "order statistics"
  }

  /// The estimate, inside the interval; not finite if a replication is not.
  public let estimate: Double

  /// The lower end; −∞ where the data cannot bound it, as with a single seed.
  public let lower: Double

  /// The upper end; +∞ where the data cannot bound it.
  public let upper: Double

  /// How the interval was made.
  public let kind: Kind

  /// The two-sided confidence level, such as 0.95.
  public let level: Double

  /// The number of replications that it rests on.
  public let count: Int

  /// An interval with given ends, `lower` ≤ `upper`.
  public init(
    estimate: Double, lower: Double, upper: Double, kind: Kind, level: Double, count: Int
  ) {
    precondition(lower <= upper, "Interval: lower end \(lower) above upper end \(upper)")
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.kind = kind
    self.level = level
    self.count = count
  }

  /// The interval of an estimate that the data do not bound at all.
  static func wholeLine(estimate: Double, kind: Kind, level: Double, count: Int) -> Interval {
    Interval(
      estimate: estimate, lower: -.infinity, upper: .infinity, kind: kind, level: level,
      count: count)
  }
}

extension Interval {
  /// Whether both ends are finite.
  public var isBounded: Bool { lower.isFinite && upper.isFinite }

  /// Half the distance between the ends.
  public var radius: Double { (upper - lower) / 2 }

  /// Whether the whole interval lies above a value.
  public func isAbove(_ value: Double) -> Bool { lower > value }

  /// Whether the whole interval lies below a value.
  public func isBelow(_ value: Double) -> Bool { upper < value }

  /// Whether the interval contains a value, ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  /// Whether the whole interval lies strictly between −margin and margin.
  public func isWithin(margin: Double) -> Bool { isAbove(-margin) && isBelow(margin) }

  /// The interval on another scale; the function must grow.
  public func mapped(as kind: Kind, _ increasing: (Double) -> Double) -> Interval {
    Interval(
      estimate: increasing(estimate), lower: increasing(lower), upper: increasing(upper),
      kind: kind, level: level, count: count)
  }
}

extension Interval: CustomStringConvertible {
  /// The estimate and the ends to four digits, as in `0.612 [0.52, 0.69]`; a level other than 95 % is
  /// said.
  public var description: String {
    let ends = isBounded ? String(format: "[%.4g, %.4g]", lower, upper) : "[unbounded]"
    let percent = level == 0.95 ? "" : String(format: " (%.3g %%)", 100 * level)
    return String(format: "%.4g ", estimate) + ends + percent
  }
}

extension Interval {
  private enum CodingKeys: CodingKey { case estimate, lower, upper, kind, level, count }

  /// Decodes an interval; a missing end is infinite, since JSON has no infinity.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let lower = try container.decodeIfPresent(Double.self, forKey: .lower) ?? -.infinity
    let upper = try container.decodeIfPresent(Double.self, forKey: .upper) ?? .infinity
    guard lower <= upper else {
      throw DecodingError.dataCorruptedError(
        forKey: .lower, in: container, debugDescription: "lower end above upper end")
    }
    self.init(
      estimate: try container.decode(Double.self, forKey: .estimate), lower: lower, upper: upper,
      kind: try container.decode(Kind.self, forKey: .kind),
      level: try container.decode(Double.self, forKey: .level),
      count: try container.decode(Int.self, forKey: .count))
  }

  /// Encodes an interval, leaving out infinite ends.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(estimate, forKey: .estimate)
    if lower.isFinite { try container.encode(lower, forKey: .lower) }
    if upper.isFinite { try container.encode(upper, forKey: .upper) }
    try container.encode(kind, forKey: .kind)
    try container.encode(level, forKey: .level)
    try container.encode(count, forKey: .count)
  }
}
