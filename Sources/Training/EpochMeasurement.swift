import Execution
import Experiments
import Foundation
import Tensors

/// The same measurement on a fixed list of episodes, from the meta-parameters of several epochs.
///
/// Outcomes are kept as checkpoints, one for each epoch, so that a measurement that was stopped
/// goes on with the epoch that it was at.
package struct EpochMeasurement<Method: EpisodeMethod> {
  private let title: String
  private let parameters: @Sendable (Int, RunStore) async throws -> Parameters<ShapedArray>
  private let epochs: [Int]
  private let count: Int
  private let seed: Int

  /// A measurement on so many episodes from the meta-parameters after each of the epochs.
  package init(
    title: String, training: some MetaTrained, epochs: [Int], count: Int, seed: Int
  ) {
    self.init(title: title, epochs: epochs, count: count, seed: seed) {
      try await training.metaParameters(afterEpoch: $0, from: $1)
    }
  }

  /// A measurement on so many episodes from whatever the parameters after an epoch are.
  init(
    title: String, epochs: [Int], count: Int, seed: Int,
    parameters: @escaping @Sendable (Int, RunStore) async throws -> Parameters<ShapedArray>
  ) {
    precondition(count > 0, "a measurement needs an episode")
    self.title = title
    self.parameters = parameters
    self.epochs = epochs
    self.count = count
    self.seed = seed
  }

  /// The outcomes in the order of the epochs; the method is prepared once, for parameters like the
  /// given ones.
  package func run(
    _ context: RunContext, preparing prepare: (Parameters<ShapedArray>) -> Method
  ) async throws -> [Method.Outcome] {
    var outcomes: [Method.Outcome] = []
    if let checkpoint = try context.checkpoints.latest(with: [Self.fileName]) {
      outcomes = try CanonicalJSON.decode(
        [Method.Outcome].self, from: checkpoint.pieces[Self.fileName] ?? Data())
    }
    guard outcomes.count < epochs.count else { return outcomes }
    // Let go of with its epoch: parameters may be the features of all images.
    var ready = [try await parameters(epochs[outcomes.count], context.runs)]
    let method = prepare(ready[0])
    try checkMemory(method.plans, workers: context.workers)
    let stage = context.progress.stage(
      "\(title), seed \(seed)", total: epochs.count * count, done: outcomes.count * count)
    defer { stage.finish() }
    return try await withWorkers(
      context.workers, context: { method.makeMemory() },
      work: { memory, order in
        try method.value(ofEpisode: order.number, from: order.parameters, in: memory)
      }
    ) { (workers: Workers<Method.Memory, EpisodeOrder, Method.Value>) in
      while outcomes.count < epochs.count {
        let epoch = epochs[outcomes.count]
        let meta: Parameters<ShapedArray>
        if let known = ready.popLast() {
          meta = known
        } else {
          meta = try await parameters(epoch, context.runs)
        }
        var summary = method.emptySummary(of: meta)
        for first in stride(from: 0, to: count, by: Self.portion) {
          let orders = (first..<min(first + Self.portion, count)).map {
            EpisodeOrder(parameters: meta, number: $0)
          }
          for value in try await workers.map(orders) { method.add(value, to: &summary) }
          stage.advance(to: outcomes.count * count + first + orders.count)
        }
        outcomes.append(method.outcome(of: summary, epoch: epoch))
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

/// What is measured on an episode, and how the values of many become one outcome.
package protocol EpisodeMethod: Sendable {
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

  /// The value of an episode, from meta-parameters.
  func value(
    ofEpisode number: Int, from meta: Parameters<ShapedArray>, in memory: Memory
  ) throws -> Value

  /// The summary of no episode.
  func emptySummary(of meta: Parameters<ShapedArray>) -> Summary

  /// Adds the next episode's value.
  func add(_ value: Value, to summary: inout Summary)

  /// The outcome of all episodes.
  func outcome(of summary: Summary, epoch: Int) -> Outcome
}

/// One episode to be measured by whoever is free.
private struct EpisodeOrder: Sendable {
  var parameters: Parameters<ShapedArray>
  var number: Int
}
