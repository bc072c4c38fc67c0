/// A description of something expensive that can be run, and whose outcome is worth keeping.
///
/// What is encoded is what the run depends on: settings, the seed, the digest of the data. Its
/// canonical encoding is its name in the store (see ``RunKey``), so equal settings are one run, and
/// the order in which properties are declared means nothing. How fast a run is done (threads,
/// folders) is no property of it and comes with the ``RunContext``.
///
/// ```swift
/// struct Walk: Experiment {
///   static let name = "walk"
///   var steps: Int
///   var seed: UInt64
///
///   func run(_ context: RunContext) async throws -> [Double] { … }
/// }
///
/// let path = try await runs.outcome(of: Walk(steps: 100, seed: 1))
/// ```
public protocol Experiment: Encodable, Sendable {
  /// What a run leaves behind: numbers that figures are made of.
  ///
  /// Large things, such as weights, belong into the run's checkpoints.
  associatedtype Outcome: Codable & Sendable

  /// The kind of experiment, in lower-case words with hyphens: `meta-training`.
  static var name: String { get }

  /// Raised when equal settings begin to mean something else; 1 at first.
  static var version: Int { get }

  /// The seconds this run is likely to take on one core, if anyone knows; never part of its key.
  var estimatedSeconds: Double? { get }

  /// The memory this run is likely to hold on one core, in bytes, if anyone knows.
  var estimatedBytes: Int? { get }

  /// The experiments whose outcomes or checkpoints this one asks for, as far as they are known
  /// beforehand: an evaluation names its training. Computed, never encoded: no part of the key.
  var foundations: [any Experiment] { get }

  /// The epoch after which nobody asks for more of it, if it need not go on to its end; see
  /// ``Beginning``. Never encoded.
  var lastEpoch: Int? { get }

  /// The outcome, computed.
  ///
  /// Equal descriptions must give equal bits, at any number of workers, and also when the run was
  /// stopped at any moment and begins again: continue from `context.checkpoints.latest()`, call
  /// `Task.checkCancellation()` now and then, save a checkpoint after every epoch.
  func run(_ context: RunContext) async throws -> Outcome
}

extension Experiment {
  /// The first version.
  public static var version: Int { 1 }

  /// Nobody knows.
  public var estimatedSeconds: Double? { nil }

  /// Nobody knows.
  public var estimatedBytes: Int? { nil }

  /// None.
  public var foundations: [any Experiment] { [] }

  /// None: all of it is wanted.
  public var lastEpoch: Int? { nil }
}
