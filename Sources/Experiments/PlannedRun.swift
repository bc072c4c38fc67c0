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
  /// The epoch after which it may stop, if all of it is not asked for.
  public let lastEpoch: Int?
  private let perform: @Sendable (RunStore) async throws -> Void
  private let follow: @Sendable (RunStore, Int?) async throws -> Void

  /// The run of an experiment.
  public init(_ experiment: some Experiment) throws {
    try self.init(experiment, after: try experiment.foundations.map { try RunKey(of: $0) })
  }

  /// The run of an experiment of whose foundations the keys are known.
  private init(_ experiment: some Experiment, after foundations: [RunKey]) throws {
    let description = try RunKey.description(of: experiment)
    key = try RunKey(of: experiment, describedBy: description)
    self.description = String(decoding: description, as: UTF8.self)
    self.foundations = foundations
    estimatedSeconds = experiment.estimatedSeconds
    estimatedBytes = experiment.estimatedBytes
    lastEpoch = experiment.lastEpoch
    let key = key
    follow = { runs, epoch in
      _ = try await experiment.run(runs.contextOfFollower(key, upTo: epoch))
    }
    perform = { runs in
      if let epoch = experiment.lastEpoch {
        _ = try await runs.checkpoint(of: experiment, afterEpoch: epoch)
      } else {
        _ = try await runs.outcome(of: experiment)
      }
    }
  }

  /// The run of an experiment after those that it builds on, each once.
  static func all(of experiment: any Experiment) throws -> [PlannedRun] {
    let foundations = try experiment.foundations.map(all)
    // Each of them ends with the experiment whose runs it lists.
    let run = try PlannedRun(experiment, after: foundations.compactMap(\.last?.key))
    return (foundations.flatMap(\.self) + [run]).merged()
  }

  /// `meta-training-0123456789abcdef`, and `to epoch 4` where that is all that is asked for.
  public var title: String { Self.title(of: key, lastEpoch: lastEpoch) }

  /// The title of a run of which only a listing is known.
  package static func title(of key: RunKey, lastEpoch: Int?) -> String {
    key.description + (lastEpoch.map { " to epoch \($0)" } ?? "")
  }

  /// Whether a store has what is asked for.
  public func isDone(in runs: RunStore) -> Bool {
    runs.contains(key) || lastEpoch.map { runs.hasCheckpoint(of: key, afterEpoch: $0) } == true
  }

  /// Runs it, as far as is asked for, unless that is in the store.
  public func run(in runs: RunStore) async throws { try await perform(runs) }

  /// Takes part in it on a rank that follows.
  func takePart(in runs: RunStore, upTo epoch: Int?) async throws { try await follow(runs, epoch) }
}

extension [PlannedRun] {
  /// Each run once, where it comes first, and as far as anyone asks for it.
  func merged() -> [PlannedRun] {
    var furthest: [RunKey: PlannedRun] = [:]
    for run in self {
      guard let known = furthest[run.key] else {
        furthest[run.key] = run
        continue
      }
      if (run.lastEpoch ?? .max) > (known.lastEpoch ?? .max) { furthest[run.key] = run }
    }
    // Taken out where it comes first, so that it is not there any more where it comes again.
    return compactMap { furthest.removeValue(forKey: $0.key) }
  }
}
