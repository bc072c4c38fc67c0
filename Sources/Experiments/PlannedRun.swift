/// An experiment whose type does not matter any more: it can be listed, named and run.
public struct PlannedRun: Sendable {
  /// The name of the run.
  public let key: RunKey
  /// Its description, in canonical JSON.
  public let description: String
  /// The seconds it is likely to take on one core, if anyone knows.
  public let estimatedSeconds: Double?
  /// The bytes of memory it is likely to hold on one core, if anyone knows.
  public let estimatedBytes: Int?
  private let perform: @Sendable (RunStore) async throws -> Void

  /// The run of an experiment.
  public init(_ experiment: some Experiment) throws {
    key = try RunKey(of: experiment)
    description = String(decoding: try RunKey.description(of: experiment), as: UTF8.self)
    estimatedSeconds = experiment.estimatedSeconds
    estimatedBytes = experiment.estimatedBytes
    perform = { _ = try await $0.outcome(of: experiment) }
  }

  /// Runs it, unless the store has its outcome.
  public func run(in runs: RunStore) async throws { try await perform(runs) }
}
