import Episodes
import Execution
import Experiments
import MetaLearners
import Tensors
import Training

/// How sharply the support loss curves where adaptation ends, by epoch.
///
/// The spectral norm ‖H‖ = max |λ(H)| of the Hessian H = ∇²L(θ̃ᵢ) of each episode's support loss at
/// its adapted weights, averaged over episodes (equations 3 and 4; the last form of 3, a root of an
/// eigenvalue, is a misprint: for a symmetric matrix the norm is the largest absolute eigenvalue
/// itself).
/// Batch normalisation is part of the loss, with the statistics of the support set.
///
/// The norm is found by ``Lanczos`` on products H v = ∇⟨∇L, v⟩ in single precision. The episodes are
/// the first ones in the list `"curvature"` of the seed, the same ones after every epoch.
///
/// - Reference: Guiroy, Verma and Pal, "Towards Understanding Generalization in Gradient-Based
///   Meta-Learning", 2019, section 4.1. <https://arxiv.org/abs/1907.07287>
public typealias Curvature<Start: Trained, Source: EpisodeSource> =
  Measurement<CurvatureProbe<Start, Source>> where Start.Learner: AdaptingLearner

extension Measurement {
  /// The curvature at the solutions reached from a training's meta-parameters.
  public init<Start: Trained, Source: EpisodeSource>(
    of start: Start, afterEpochs epochs: [Int], on episodes: Source, count: Int,
    lanczos: Lanczos = Lanczos(), seed: Int
  ) where Look == CurvatureProbe<Start, Source> {
    self.init(
      CurvatureProbe(start, episodes, lanczos), afterEpochs: epochs, count: count, seed: seed)
  }
}

/// The spectral norm of the support loss's Hessian at the end of each episode's inner loop.
public struct CurvatureProbe<Start: Trained, Source: EpisodeSource>: LearnerProbe
where Start.Learner: AdaptingLearner {
  /// What the inner loop starts from.
  public var start: Start
  /// The meta-test episodes.
  public var episodes: Source
  /// How eigenvalues are found.
  public var lanczos: Lanczos

  private enum CodingKeys: String, CodingKey {
    case start = "training"
    case episodes, lanczos
  }

  init(_ start: Start, _ episodes: Source, _ lanczos: Lanczos) {
    (self.start, self.episodes, self.lanczos) = (start, episodes, lanczos)
  }

  /// `curvature`.
  public static var name: String { "curvature" }

  /// What finds the norms.
  public func instrument(
    like meta: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<CurvatureSummary> {
    CurvatureInstrument(
      of: start.learner, from: meta, on: episodes, lanczos: lanczos,
      Generator(seed: seed).split("curvature"))
  }
}

/// The curvature at the solutions reached from the meta-parameters of one epoch.
public struct CurvatureSummary: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean spectral norm.
  public var spectralNorm: Double
  /// The spectral norm of every episode.
  public var spectralNorms: [Double]
  /// The mean number of Hessian-vector products that a norm took.
  public var products: Double
  /// For how many episodes the tolerance was not met.
  public var unconverged: Int
}

/// The Hessian at one episode's solution, as two programs: to the solution, and a product with it.
private struct CurvatureInstrument<Learner: AdaptingLearner, Source: EpisodeSource>: Instrument {
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

  var emptySummary: [Lanczos.Extremes] { [] }

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
