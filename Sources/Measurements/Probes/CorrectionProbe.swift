import Algorithms
import Episodes
import Execution
import Experiments
import MetaLearners
import Tensors
import Training

/// How large the corrections of an ``AnglePenalty`` are beside the displacements that they correct, by
/// epoch: γ is not free of scale.
///
/// Episodes come in meta-batches, each with its own mean direction: the first ones in the list
/// `"corrections"` of the seed.
public typealias Corrections<Start: Trained, Source: EpisodeSource> =
  Measurement<CorrectionProbe<Start, Source>> where Start.Learner: AdaptingLearner

extension Measurement {
  /// The corrections in so many meta-batches from a training's meta-parameters.
  public init<Start: Trained, Source: EpisodeSource>(
    of start: Start, by penalty: AnglePenalty, afterEpochs epochs: [Int], on episodes: Source,
    batches: Int, seed: Int
  ) where Look == CorrectionProbe<Start, Source> {
    self.init(
      CorrectionProbe(start, episodes, penalty), afterEpochs: epochs,
      count: batches * start.training.schedule.batch, seed: seed)
  }
}

/// The lengths of displacements and of their corrections.
public struct CorrectionProbe<Start: Trained, Source: EpisodeSource>: LearnerProbe
where Start.Learner: AdaptingLearner {
  /// What the inner loops start from.
  public var start: Start
  /// The episodes of the meta-batches.
  public var episodes: Source
  /// What corrects.
  public var penalty: AnglePenalty

  private enum CodingKeys: String, CodingKey {
    case start = "training"
    case episodes, penalty
  }

  init(_ start: Start, _ episodes: Source, _ penalty: AnglePenalty) {
    (self.start, self.episodes, self.penalty) = (start, episodes, penalty)
  }

  /// `corrections`.
  public static var name: String { "corrections" }

  /// What follows the inner loops.
  public func instrument(
    like meta: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<CorrectionSummary> {
    let (learner, episodes, penalty) = (start.learner, episodes, penalty)
    let batch = start.training.schedule.batch
    let generator = Generator(seed: seed).split("corrections")
    let program = Program(like: meta, episodes.episode(0, of: generator).support) {
      (meta: Parameters<Tensor>, support: Batch<Tensor>) in
      learner.displacement(on: support, from: meta)
    }
    return ListedValues(plan: program.plan) { number, meta, arena in
      let displacement = program(
        meta, episodes.episode(number, of: generator).support, in: arena
      ).flattened
      guard displacement.allSatisfy(\.isFinite) else {
        throw LandscapeError.notFinite(episode: number)
      }
      return displacement
    } outcome: { displacements, epoch in
      CorrectionSummary(
        epoch: epoch,
        ratios: displacements.chunks(ofCount: batch).flatMap { penalty.ratios(of: Array($0)) },
        lengths: displacements.map(MeanPairwiseProduct.norm))
    }
  }
}

/// How the corrections from the meta-parameters of one epoch compare with the displacements.
public struct CorrectionSummary: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean of ‖θ̂ − θ̃‖/‖d‖.
  public var ratio: Double
  /// The mean of ‖d‖.
  public var length: Double

  init(epoch: Int, ratios: [Double], lengths: [Double]) {
    self.epoch = epoch
    ratio = ratios.reduce(0, +) / Double(ratios.count)
    length = lengths.reduce(0, +) / Double(lengths.count)
  }
}

extension AnglePenalty {
  /// ‖θ̂ᵢ − θ̃ᵢ‖/‖dᵢ‖ = γ √(‖ū‖² − (uᵢ·ū)²)/‖dᵢ‖² of a meta-batch; a correction is orthogonal to uᵢ.
  fileprivate func ratios(of displacements: [[Double]]) -> [Double] {
    let norms = displacements.map(MeanPairwiseProduct.norm)
    let mean = displacements[0].indices.map { place in
      zip(displacements, norms).reduce(0) { $0 + $1.0[place] / $1.1 } / Double(norms.count)
    }
    let square = mean.reduce(0) { $0 + $1 * $1 }
    return zip(displacements, norms).map { displacement, norm in
      let along = zip(displacement, mean).reduce(0) { $0 + $1.0 * $1.1 } / norm
      // Rounding may leave less than nothing of two directions that are the same.
      return coefficient * (square > along * along ? square - along * along : 0).squareRoot()
        / (norm * norm)
    }
  }
}
