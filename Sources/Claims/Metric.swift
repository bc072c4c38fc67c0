import Statistics

/// A number that a figure stands or falls with, for every seed.
///
/// Metrics are written beside the picture and compared with the golden values.
public struct Metric: Equatable, Sendable {
  /// What is measured, in lower-case words with hyphens: `accuracy-at-last-epoch`.
  public let name: String
  /// The value of every seed.
  public let values: PerSeed<Double>
  /// How far a value may be from the golden one where other kernels ran.
  public let tolerance: Tolerance
  /// The name of the paper's own number for it, as in `Data/papers`.
  public let paperValue: String?

  /// A metric with its values, and the name of the paper's own number if it states one.
  public init(
    _ name: String, _ values: PerSeed<Double>, tolerance: Tolerance = .relative(0.05),
    paperValue: String? = nil
  ) {
    self.paperValue = paperValue
    self.name = name
    self.values = values
    self.tolerance = tolerance
  }
}

/// How far a value may be from the expected one: a fixed part and one that grows with it.
public struct Tolerance: Codable, Equatable, Sendable {
  /// The fixed part, in the metric's unit.
  public var absolute: Double
  /// The part in proportion to the expected value.
  public var relative: Double

  /// A fixed distance.
  public static func absolute(_ distance: Double) -> Tolerance {
    Tolerance(absolute: distance, relative: 0)
  }

  /// A proportion of the expected value.
  public static func relative(_ proportion: Double) -> Tolerance {
    Tolerance(absolute: 0, relative: proportion)
  }

  /// The distance that is allowed from an expected value.
  package func distance(from expected: Double) -> Double { absolute + relative * abs(expected) }

  /// Whether a value is near enough; what is not finite has to be equal.
  package func accepts(_ value: Double, insteadOf expected: Double) -> Bool {
    value == expected || (value.isNaN && expected.isNaN)
      || abs(value - expected) <= distance(from: expected)
  }
}
