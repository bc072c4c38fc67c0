import Algorithms
import Episodes
import Networks
import Tensors

/// Reptile: weights fine-tuned on mini-batches, and a start that is drawn towards them.
///
/// The support set is a sequence of mini-batches (``MiniBatchedEpisodes``), each of which makes a step
/// of Adam without momentum. With a coefficient α, tasks of a meta-batch advance in lock-step and each
/// step descends the loss plus αR_i, the squared ``FilterDistance`` from the tasks' mean weights.
///
/// Meta-parameters are the start, below `model`, and Adam's state, below `adam`, which lives on from
/// one task to the next.
///
/// - Reference: Nichol, Achiam and Schulman, "On First-Order Meta-Learning Algorithms", 2018.
///   <https://arxiv.org/abs/1803.02999>
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Algorithm 2, whose outer step
///   has the sign turned. <https://arxiv.org/abs/2002.06753>
public struct Reptile<Net: Model>: AdaptingLearner {
  private let kind = "\(Self.self)"
  /// What is fine-tuned.
  public var model: Net
  /// The images in a mini-batch.
  public var batch: Int
  /// η.
  public var rate: Double
  /// α; plain Reptile without.
  public var clustering: Double
  /// What follows a gradient.
  public var optimizer = Adam(meanDecay: 0)
  /// What is descended.
  public var loss = Loss.crossEntropy

  /// Reptile on mini-batches of so many images; plain unless told otherwise.
  public init(_ model: Net, batch: Int, rate: Double = 1e-3, clustering: Double = 0) {
    self.model = model
    self.batch = batch
    self.rate = rate
    self.clustering = clustering
  }

  /// All weights move.
  public var adapts: Layers { .all }

  /// The start, and a state of no updates.
  public func initialParameters(
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    metaParameters(start: model.initialWeights(using: &generator), state: nil)
  }

  /// A start with a state of Adam; one of no updates if none is given.
  package func metaParameters(
    start: Parameters<ShapedArray>, state: Parameters<ShapedArray>?
  ) -> Parameters<ShapedArray> {
    start.scoped("model").replacing(
      (state ?? optimizer.initialState(for: start)).scoped("adam"))
  }

  /// The fine-tuning of one task, alone.
  public func adaptation(to support: Batch<Tensor>, from meta: Parameters<Tensor>) -> Adaptation {
    var adaptation = Adaptation(from: meta.scope("model"))
    var state = meta.scope("adam")
    for batch in batches(of: support) {
      let (path, score) = step(
        Path(weights: adaptation.weights, state: state), on: batch, towards: nil, among: 1)
      adaptation.step(to: path.weights, descending: score.loss)
      state = path.state
    }
    return adaptation
  }

  /// The answers before and after fine-tuning; the queries make one batch.
  public func predictionsAtEveryStep(
    for query: Tensor, after support: Batch<Tensor>, from meta: Parameters<Tensor>
  ) -> [Tensor] {
    [meta.scope("model"), adaptation(to: support, from: meta).weights].map {
      outputs(for: query, with: $0)
    }
  }

  /// The model's outputs.
  public func outputs(for inputs: Tensor, with weights: Parameters<Tensor>) -> Tensor {
    model(inputs, weights)
  }

  /// Where one task has got to.
  package struct Path {
    package var weights: Parameters<Tensor>
    package var state: Parameters<Tensor>
  }

  /// The fine-tuning of some tasks in lock-step from one start, each with its own state of Adam, and
  /// the scores of their last mini-batches.
  package func paths(
    from start: Parameters<Tensor>, states: [Parameters<Tensor>], on supports: [Batch<Tensor>]
  ) -> (paths: [Path], scores: [Score<Tensor>]) {
    let sequences = supports.map(batches)
    var (paths, scores) = (states.map { Path(weights: start, state: $0) }, [Score<Tensor>]())
    for index in sequences[0].indices {
      let mean = clustering == 0 ? nil : Self.mean(paths.map(\.weights))
      let steps = zip(paths, sequences).map {
        step($0, on: $1[index], towards: mean, among: supports.count)
      }
      (paths, scores) = (steps.map(\.path), steps.map(\.score))
    }
    return (paths, scores)
  }

  /// The start after an outer step: θ + γ(mean of the tasks' weights − θ).
  package func moved(
    _ start: Parameters<Tensor>, towards paths: [Path], rate: Tensor
  ) -> Parameters<Tensor> {
    start + rate * (Self.mean(paths.map(\.weights)) - start)
  }

  private func step(
    _ path: Path, on batch: Batch<Tensor>, towards mean: Parameters<Tensor>?, among count: Int
  ) -> (path: Path, score: Score<Tensor>) {
    let weights = path.weights.map { $0.asVariable() }
    let score = Score(outputs(for: batch.inputs, with: weights), batch.targets, by: loss)
    var slope = gradient(of: score.loss, withRespectTo: weights)
    if let mean {
      let pull = FilterDistance.gradient(at: weights, fromMean: mean, of: count)
      slope = slope.replacing(
        pull.zip(slope.filter(pull.names.contains)) { clustering * $0 + $1 })
    }
    let next = optimizer.updated(
      weights, along: slope, state: path.state, rate: score.loss.constant(rate))
    return (Path(weights: next.first, state: next.second), score)
  }

  private func batches(of support: Batch<Tensor>) -> [Batch<Tensor>] {
    let count = support.inputs.shape[0]
    precondition(count % batch == 0, "\(count) images are no mini-batches of \(batch)")
    return (0..<count).chunks(ofCount: batch).map {
      Batch(
        inputs: support.inputs.sliced($0, along: 0), targets: support.targets.sliced($0, along: 0))
    }
  }

  private static func mean(_ terms: [Parameters<Tensor>]) -> Parameters<Tensor> {
    terms.dropFirst().reduce(terms[0], +) / Double(terms.count)
  }
}
