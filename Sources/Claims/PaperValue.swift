/// A number that a paper states, with its uncertainty and its place.
public struct PaperValue: Codable, Equatable, Sendable {
  /// What a number is counted in.
  public enum Unit: String, Codable, Sendable {
    /// Hundredths, as most accuracies.
    case percent
    /// Parts of one, as Huisman's accuracies.
    case fraction
    /// A ratio, similarity or other pure number.
    case number
    /// How many episodes, runs or tasks.
    case count
  }

  /// What a paper's ± means; the papers differ, and comparing without it is wrong by factors of 2–4.
  public enum UncertaintyKind: String, Codable, Sendable {
    /// The radius is one standard error over episodes.
    case standardError
    /// The *width* is said to be one standard error, so the radius is half of one.
    case standardErrorAsWidth
    /// The radius is that of a 95 % interval of the median over runs.
    case confidence95OfMedian
    /// The radius is one standard deviation.
    case standardDeviation
  }

  /// The number behind a ±.
  public struct Uncertainty: Codable, Equatable, Sendable {
    /// What it means.
    public var kind: UncertaintyKind

    /// The number, in the value's unit.
    public var radius: Double
  }

  /// How the number was read.
  public enum Reading: String, Codable, Sendable {
    /// Printed in the text or in a legible table.
    case text
    /// From a garbled table, its row or column inferred as the note says.
    case reconstructed
  }

  /// The stable name `paper/target/row/column`.
  public var id: String

  /// The number.
  public var value: Double

  /// What it is counted in.
  public var unit: Unit

  /// Its uncertainty, where the paper states one.
  public var uncertainty: Uncertainty?

  /// The table's row or the section that states it.
  public var source: String

  /// How it was read.
  public var reading: Reading

  /// What must be known before comparing with it.
  public var note: String?

  /// The target in `Figures` that shows the number, the second part of the name.
  public var target: String {
    let parts = id.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// The number in parts of one, if it is a percentage or a fraction.
  public var asFraction: Double? {
    switch unit {
    case .percent: value / 100
    case .fraction: value
    case .number, .count: nil
    }
  }

  /// The standard error in the value's unit, where the stated uncertainty determines it.
  public var standardError: Double? {
    switch uncertainty?.kind {
    case .standardError: uncertainty?.radius
    case .standardErrorAsWidth: uncertainty.map { 2 * $0.radius }
    case .confidence95OfMedian, .standardDeviation, nil: nil
    }
  }
}
