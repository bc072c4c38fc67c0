import Algorithms
import Execution
import Experiments
import Foundation
import Tensors
import Training

/// The same look at a fixed list of episodes after several epochs of a training.
///
/// What is looked for is the ``Probe``'s; this walks epochs, episodes and workers. Outcomes are kept
/// as checkpoints, one for each epoch, so that a measurement that was stopped goes on with the epoch
/// that it was at. Episodes are the same ones after every epoch.
///
/// A training is done up to the last of the epochs and no further. Of a training that may diverge
/// and did, those epochs are measured that it has.
public struct Measurement<Look: Probe>: Experiment {
  /// What is looked at, and for what.
  public var probe: Look
  /// The epochs after which to look, ascending.
  public var epochs: [Int]
  /// How many episodes to look at.
  public var count: Int
  /// What the episodes are drawn from.
  public var seed: Int

  /// A look at so many episodes after some epochs.
  public init(_ probe: Look, afterEpochs epochs: [Int], count: Int, seed: Int) {
    precondition(count > 0, "a measurement needs an episode")
    self.probe = probe
    self.epochs = epochs
    self.count = count
    self.seed = seed
  }

  /// One outcome for each epoch.
  public typealias Outcome = [Look.Outcome]

  /// The name of the probe.
  public static var name: String { Look.name }

  /// The training, as far as it is looked at.
  public var foundations: [any Experiment] {
    func needed(_ training: some TrainingRun) -> any Experiment {
      training.upTo(epoch: epochs.max() ?? 0)
    }
    return [needed(probe.training)]
  }

  private enum CodingKeys: String, CodingKey { case probe, epochs, count, seed }

  /// Writes what the probe says of itself, its type, and the episodes and epochs.
  public func encode(to encoder: any Encoder) throws {
    try probe.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Look.type, forKey: .probe)
    try container.encode(epochs, forKey: .epochs)
    try container.encode(count, forKey: .count)
    try container.encode(seed, forKey: .seed)
  }

  /// Looks at all episodes after all epochs, from the last checkpoint on.
  public func run(_ context: RunContext) async throws -> Outcome {
    var outcomes: Outcome = []
    if let checkpoint = try context.checkpoints.latest(with: [Self.fileName]) {
      outcomes = try CanonicalJSON.decode(
        Outcome.self, from: checkpoint.pieces[Self.fileName] ?? Data())
    }
    let epochs = try await reached(probe.training, context.runs)
    guard outcomes.count < epochs.count else { return outcomes }
    // Let go of with its epoch: parameters may be the features of all images.
    let first = try await probe.parameters(afterEpoch: epochs[outcomes.count], from: context.runs)
    return try await look(
      with: try probe.instrument(like: first, seed: seed), first: first, epochs, outcomes, context)
  }

  private func reached(_ training: some TrainingRun, _ runs: RunStore) async throws -> [Int] {
    try await training.reached(epochs, in: runs)
  }

  private func look<Method: Instrument>(
    with instrument: Method, first: Parameters<ShapedArray>, _ epochs: [Int], _ before: Outcome,
    _ context: RunContext
  ) async throws -> Outcome where Method.Outcome == Look.Outcome {
    var (outcomes, ready) = (before, [first])
    try checkMemory(instrument.plans, workers: context.workers)
    let stage = context.progress.stage(
      "\(Look.name), seed \(seed)", total: epochs.count * count, done: outcomes.count * count)
    defer { stage.finish() }
    return try await withWorkers(
      context.workers, context: { instrument.makeMemory() },
      work: { memory, order in
        try instrument.value(ofEpisode: order.number, from: order.parameters, in: memory)
      }
    ) { (workers: Workers<Method.Memory, EpisodeOrder, Method.Value>) in
      while outcomes.count < epochs.count {
        let epoch = epochs[outcomes.count]
        let parameters: Parameters<ShapedArray>
        if let known = ready.popLast() {
          parameters = known
        } else {
          parameters = try await probe.parameters(afterEpoch: epoch, from: context.runs)
        }
        var summary = instrument.emptySummary
        for numbers in (0..<count).chunks(ofCount: Self.portion) {
          let orders = numbers.map {
            EpisodeOrder(parameters: probe.parameters(parameters, forEpisode: $0), number: $0)
          }
          for value in try await workers.map(orders) { instrument.add(value, to: &summary) }
          stage.advance(to: outcomes.count * count + numbers.upperBound)
        }
        outcomes.append(instrument.outcome(of: summary, epoch: epoch))
        try context.checkpoints.save(
          [Self.fileName: try CanonicalJSON.encode(outcomes)], afterEpoch: outcomes.count)
      }
      return outcomes
    }
  }

  private static var fileName: String { "outcomes.json" }
  /// How many values are held before they are added up: enough to keep the workers busy.
  private static var portion: Int { 32 }
}

/// One episode to be looked at by whoever is free.
private struct EpisodeOrder: Sendable {
  var parameters: Parameters<ShapedArray>
  var number: Int
}
