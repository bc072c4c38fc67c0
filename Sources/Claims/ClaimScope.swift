import Experiments

/// What claims are made about, known before anything is measured.
///
/// The criteria of a claim may depend on it, such as which networks a budget trains, and on nothing
/// else: never on results.
public struct ClaimScope: Equatable, Sendable {
  /// How much is computed.
  public var budget: Budget

  /// The row of the paper's table of settings, if one was asked for.
  public var preset: String?

  /// The data that `--data` names, or nothing for the figure's own.
  public var data: String?

  /// A scope; by default that of a figure made without options.
  public init(budget: Budget = .standard, preset: String? = nil, data: String? = nil) {
    self.budget = budget
    self.preset = preset
    self.data = data
  }
}
