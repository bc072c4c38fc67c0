/// The learning rates of a method on a data set.
package struct Rates: Codable, Hashable, Sendable {
  /// α, of the inner loop.
  package var adaptation: Double
  /// β, of Adam outside.
  package var meta: Double
}

/// A number of a table of settings, and where it comes from.
package struct SourcedRate: Equatable, Sendable {
  /// Where a number comes from.
  package enum Source: String, Sendable {
    /// The paper prints it.
    case paper = "the paper"
    /// The paper's print is not legible; the code published with it has this.
    case code = "the published code"
    /// Neither has it.
    case choice = "chosen here"
  }

  package var value: Double
  package var source: Source
  /// Why it is not the one that the paper prints, where that is legible.
  package var reason: String?

  static func code(_ value: Double, because reason: String? = nil) -> Self {
    Self(value: value, source: .code, reason: reason)
  }

  static func choice(_ value: Double, because reason: String? = nil) -> Self {
    Self(value: value, source: .choice, reason: reason)
  }
}

extension SourcedRate: ExpressibleByFloatLiteral {
  /// A number that the paper prints.
  package init(floatLiteral value: Double) { self = Self(value: value, source: .paper) }
}
