/// An experiment whose type does not matter any more: it can be listed, named and run.
public struct PlannedRun: Sendable {
  /// The name of the run.
  public let key: RunKey
  /// Its description, in canonical JSON.
  public let description: String
  /// The runs that it builds on, as far as they are known beforehand.
  public let foundations: [RunKey]
  /// The seconds it is likely to take on one core, if anyone knows.
  public let estimatedSeconds: Double?
  /// The bytes of memory it is likely to hold on one core, if anyone knows.
  public let estimatedBytes: Int?
  private let perform: @Sendable (RunStore) async throws -> Void

  /// The run of an experiment.
  public init(_ experiment: some Experiment) throws {
    let description = try RunKey.description(of: experiment)
    key = try RunKey(of: experiment, describedBy: description)
    self.description = String(decoding: description, as: UTF8.self)
    foundations = try experiment.foundations.map { try RunKey(of: $0) }
    estimatedSeconds = experiment.estimatedSeconds
    estimatedBytes = experiment.estimatedBytes
    perform = { _ = try await $0.outcome(of: experiment) }
  }

  /// The run of an experiment after those that it builds on, each once.
  static func all(of experiment: any Experiment) throws -> [PlannedRun] {
    try (experiment.foundations.flatMap(all) + [PlannedRun(experiment)]).uniqued()
  }

  /// Runs it, unless the store has its outcome.
  public func run(in runs: RunStore) async throws { try await perform(runs) }
}

extension [PlannedRun] {
  /// Each run once, where it comes first.
  func uniqued() -> [PlannedRun] {
    var seen: Set<RunKey> = []
    return filter { seen.insert($0.key).inserted }
  }
}
