import Episodes
import Execution
import Experiments
import Tensors
import Training

/// What is looked at after the epochs of a training, and for what: the varying part of a
/// ``Measurement``.
public protocol Probe: Encodable, Sendable {
  /// What is found after an epoch.
  associatedtype Outcome: Codable & Sendable

  /// The name of measurements with it, in lower-case words with hyphens.
  static var name: String { get }

  /// The training whose epochs are looked at.
  var training: any TrainingRun { get }

  /// What an epoch left, in the form that the instrument takes.
  func parameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray>

  /// What an episode starts from; the parameters themselves but for what each has of its own.
  func parameters(
    _ parameters: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray>

  /// What looks at episodes drawn from a seed, made once for parameters like the given ones.
  func instrument(
    like parameters: Parameters<ShapedArray>, seed: Int
  ) throws -> any Instrument<Outcome>
}

extension Probe {
  /// The same for all episodes.
  public func parameters(
    _ parameters: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray> { parameters }

  /// The type without what it is of, which tells probes apart whose fields encode alike.
  static var type: String { String("\(Self.self)".prefix { $0 != "<" }) }
}

/// A probe of what a learner makes of episodes, from trained meta-parameters on.
public protocol LearnerProbe: Probe {
  /// The kind of way to meta-parameters.
  associatedtype Start: Trained
  /// The kind of episodes.
  associatedtype Source: EpisodeSource

  /// What the learner starts from.
  var start: Start { get }

  /// The episodes.
  var episodes: Source { get }
}

extension LearnerProbe {
  /// The training behind the meta-parameters.
  public var training: any TrainingRun { start.training }

  /// The meta-parameters.
  public func parameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    try await start.metaParameters(afterEpoch: epoch, from: runs)
  }

  /// What the way to meta-parameters draws anew for an episode, if anything.
  public func parameters(
    _ parameters: Parameters<ShapedArray>, forEpisode number: Int
  ) -> Parameters<ShapedArray> { start.metaParameters(parameters, forEpisode: number) }
}

/// The programs of a probe: what one episode gives, and how the values of many become one outcome.
public protocol Instrument<Outcome>: Sendable {
  /// What a worker computes in.
  associatedtype Memory
  /// What one episode gives.
  associatedtype Value: Sendable
  /// What values are added to, in the order of the episodes.
  associatedtype Summary
  /// What is kept.
  associatedtype Outcome: Codable & Sendable

  /// The plans of which a worker holds an arena each.
  var plans: [Plan] { get }

  /// The memory of one worker.
  func makeMemory() -> Memory

  /// The value of an episode, from parameters.
  func value(
    ofEpisode number: Int, from parameters: Parameters<ShapedArray>, in memory: Memory
  ) throws -> Value

  /// The summary of no episode.
  var emptySummary: Summary { get }

  /// Adds the next episode's value.
  func add(_ value: Value, to summary: inout Summary)

  /// The outcome of all episodes.
  func outcome(of summary: Summary, epoch: Int) -> Outcome
}
