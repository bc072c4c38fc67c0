import Episodes
import Execution
import MetaLearners
import Tensors
import Training

/// The Hessian at one episode's solution, as two programs: to the solution, and a product with it.
struct CurvatureMethod<Learner: AdaptingLearner, Source: EpisodeSource>: EpisodeMethod {
  typealias Weights = Parameters<Tensor>
  private let adaptation: Program<Weights, Batch<Tensor>, Weights>
  private let hessian: Program<Weights, Batch<Tensor>, Weights, Weights>
  private let adapts: Layers
  private let lanczos: Lanczos
  private let episodes: Source
  private let generator: Generator

  init(
    of learner: Learner, from meta: Parameters<ShapedArray>, on episodes: Source,
    lanczos: Lanczos, _ generator: Generator
  ) {
    let support = episodes.episode(0, of: generator).support
    let weights = meta.scope("model")
    adaptation = Program(like: meta, support) { meta, support in
      learner.adaptation(to: support, from: meta).weights
    }
    hessian = Program(
      like: weights, support, weights.filter(learner.adapts.contains), fixing: 2
    ) { weights, support, vector in
      hessianProduct(
        of: learner.loss(on: support, weights),
        withRespectTo: weights.filter(learner.adapts.contains), along: vector)
    }
    adapts = learner.adapts
    self.lanczos = lanczos
    self.episodes = episodes
    self.generator = generator
  }

  var plans: [Plan] { [adaptation.plan, hessian.plan] }

  /// The memory of one worker.
  struct Memory {
    let adaptation: Arena
    let hessian: Arena
  }

  func makeMemory() -> Memory {
    Memory(adaptation: adaptation.makeArena(), hessian: hessian.makeArena())
  }

  func value(
    ofEpisode number: Int, from meta: Parameters<ShapedArray>, in memory: Memory
  ) throws -> Lanczos.Extremes {
    let support = episodes.episode(number, of: generator).support
    let solution = adaptation(meta, support, in: memory.adaptation)
    let moving = solution.filter(adapts.contains)
    var draws = generator.split("start vector", number)
    let start = (0..<moving.leaves.reduce(0) { $0 + $1.shape.count }).map { _ in draws.normal() }
    var isFirst = true
    return try lanczos.extremes(from: start) { vector in
      let direction = moving.filled(with: vector)
      let product = hessian(
        solution, support, direction, in: memory.hessian, reusingFixed: !isFirst
      ).flattened
      isFirst = false
      // A solution that is no number has no curvature; the eigenvalues would never settle.
      guard product.allSatisfy(\.isFinite) else { throw LandscapeError.notFinite(episode: number) }
      return product
    }
  }

  func emptySummary(of meta: Parameters<ShapedArray>) -> [Lanczos.Extremes] { [] }

  func add(_ value: Lanczos.Extremes, to summary: inout [Lanczos.Extremes]) {
    summary.append(value)
  }

  func outcome(of summary: [Lanczos.Extremes], epoch: Int) -> CurvatureSummary {
    let norms = summary.map(\.norm)
    let count = Double(summary.count)
    return CurvatureSummary(
      epoch: epoch, spectralNorm: norms.reduce(0, +) / count, spectralNorms: norms,
      products: Double(summary.reduce(0) { $0 + $1.products }) / count,
      unconverged: summary.count { !$0.hasConverged })
  }
}

/// H v = ∇⟨∇L, v⟩: the Hessian's product with a vector, without the Hessian.
public func hessianProduct(
  of loss: Tensor, withRespectTo weights: Parameters<Tensor>, along vector: Parameters<Tensor>
) -> Parameters<Tensor> {
  let slope = gradient(of: loss, withRespectTo: weights)
  return gradient(of: slope.dot(vector), withRespectTo: weights)
}
