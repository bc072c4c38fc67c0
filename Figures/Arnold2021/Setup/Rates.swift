import CommonSetup
import DataSets

/// The learning rates of a method on a data set.
package struct Rates: Codable, Hashable, Sendable {
  /// α, of the inner loop.
  package var adaptation: Double
  /// β, of Adam outside.
  package var meta: Double

  /// A pair of rates.
  package init(adaptation: Double, meta: Double) {
    self.adaptation = adaptation
    self.meta = meta
  }

  /// The rates of a network of convolutions.
  package static func paper(_ method: Method, _ family: Family, on set: ImageSet) -> Rates {
    RatePreset.network(method, family).rates(on: set)
  }

  /// The rates of softmax regression, as it is or with linear layers before it.
  package static func linear(isDeep: Bool, on set: ImageSet) -> Rates {
    RatePreset.linear(isDeep: isDeep).rates(on: set)
  }
}

/// A number of a table of settings, and where it comes from.
package struct SourcedRate: Equatable, Sendable, ExpressibleByFloatLiteral {
  /// Where a number comes from.
  package enum Source: String, Sendable {
    /// The paper prints it.
    case paper = "the paper"
    /// The paper's print is not legible; the code published with it has this.
    case code = "the published code"
    /// Neither has it.
    case choice = "chosen here"
  }

  /// The rate.
  package var value: Double
  /// Where it comes from.
  package var source: Source
  /// Why it is not the one that the paper prints, where that is legible.
  package var reason: String?

  /// A number that the paper prints.
  package init(floatLiteral value: Double) { self = Self(value: value, source: .paper) }

  private init(value: Double, source: Source, reason: String? = nil) {
    self.value = value
    self.source = source
    self.reason = reason
  }

  static func code(_ value: Double, because reason: String? = nil) -> Self {
    Self(value: value, source: .code, reason: reason)
  }

  static func choice(_ value: Double, because reason: String? = nil) -> Self {
    Self(value: value, source: .choice, reason: reason)
  }
}
