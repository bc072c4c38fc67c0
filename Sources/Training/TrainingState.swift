import Experiments
import Foundation
import Networks
import Tensors

/// Everything that the rest of a training run depends on: what a checkpoint holds.
package struct TrainingState {
  /// What is trained.
  package var parameters: Parameters<ShapedArray>
  /// The optimizer's state.
  package var optimizer: Parameters<ShapedArray>
  /// The running statistics of normalised layers; none where batches use their own alone.
  package var statistics = Parameters<ShapedArray>()
  /// The epochs done.
  package var curve = TrainingCurve()

  static let weightsName = "weights.safetensors"
  static let statisticsName = "statistics.safetensors"
  private static let optimizerName = "optimizer.safetensors"
  private static let curveName = "curve.json"

  package init(
    parameters: Parameters<ShapedArray>, statistics: Parameters<ShapedArray> = Parameters(),
    optimizer: some Optimizer
  ) {
    self.parameters = parameters
    self.statistics = statistics
    self.optimizer = optimizer.initialState(for: parameters)
  }

  /// The state before training, with the optimizer's.
  package init(of start: TrainedWeights, optimizer: some Optimizer) {
    self.init(parameters: start.weights, statistics: start.statistics, optimizer: optimizer)
  }

  /// Takes over the newest checkpoint; whether there was one.
  mutating func resume(from checkpoints: Checkpoints) throws -> Bool {
    var names: Set = [Self.weightsName, Self.optimizerName, Self.curveName]
    if !statistics.names.isEmpty { names.insert(Self.statisticsName) }
    guard let checkpoint = try checkpoints.latest(with: names) else { return false }
    try take(checkpoint.pieces)
    // Whoever saved it may have been killed before this.
    try dropStates(before: checkpoint.epoch, in: checkpoints)
    return true
  }

  /// Saves everything under the number of epochs done.
  func save(to checkpoints: Checkpoints) throws {
    let epoch = curve.epochs.count
    try checkpoints.save(try pieces(), afterEpoch: epoch)
    try dropStates(before: epoch, in: checkpoints)
  }

  private mutating func take(_ pieces: [String: Data]) throws {
    func parameters(
      _ name: String, like example: Parameters<ShapedArray>
    ) throws -> Parameters<ShapedArray> {
      try SafeTensors(decoding: pieces[name] ?? Data()).parameters(like: example)
    }
    self.parameters = try parameters(Self.weightsName, like: self.parameters)
    optimizer = try parameters(Self.optimizerName, like: optimizer)
    if !statistics.names.isEmpty {
      statistics = try parameters(Self.statisticsName, like: statistics)
    }
    curve = try CanonicalJSON.decode(
      TrainingCurve.self, from: pieces[Self.curveName] ?? Data())
  }

  private func pieces() throws -> [String: Data] {
    var pieces = [
      Self.weightsName: SafeTensors(parameters, metadata: ["epoch": "\(curve.epochs.count)"])
        .encoded(),
      Self.optimizerName: SafeTensors(optimizer).encoded(),
      Self.curveName: try CanonicalJSON.encode(curve),
    ]
    if !statistics.names.isEmpty {
      pieces[Self.statisticsName] = SafeTensors(statistics).encoded()
    }
    return pieces
  }

  /// Takes over the state of rank 0.
  mutating func align(in group: any ProcessGroup) async throws {
    var received: [String: Data] = [:]
    for (name, piece) in try pieces().sorted(by: { $0.key < $1.key }) {
      received[name] = try await group.broadcast(piece)
    }
    if group.isFollower { try take(received) }
  }

  /// Deletes the optimizer's states that nobody will go on from.
  ///
  /// The epoch before keeps its own, for the case that the newest checkpoint is damaged later.
  private func dropStates(before epoch: Int, in checkpoints: Checkpoints) throws {
    try checkpoints.drop(Self.optimizerName, beforeEpoch: epoch - 1)
  }
}

extension Checkpoint {
  /// The weights that a training run left, of an example's names and shapes.
  package func weights(like example: Parameters<ShapedArray>) throws -> Parameters<ShapedArray> {
    try parameters(TrainingState.weightsName, like: example)
  }

  /// The running statistics that a training run left, of an example's names and shapes.
  package func statistics(like example: Parameters<ShapedArray>) throws -> Parameters<ShapedArray> {
    try parameters(TrainingState.statisticsName, like: example)
  }

  fileprivate func parameters(
    _ name: String, like example: Parameters<ShapedArray>
  ) throws -> Parameters<ShapedArray> {
    try SafeTensors(decoding: pieces[name] ?? Data()).parameters(like: example)
  }
}
