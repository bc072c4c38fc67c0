import Episodes
import Execution
import Experiments
import Networks
import Tensors
import Training

/// How far a trained backbone keeps classes apart: R_FC and R_HV over pairs of classes, by epoch.
///
/// The pairs are those of one pass over the images, or fewer.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Table 2.
///   <https://arxiv.org/abs/2002.06753>
public typealias SeparationMeasurement<Start: FeatureMaking> = Measurement<SeparationProbe<Start>>

extension Measurement {
  /// The measurement of a backbone while it answers, on one pass over the images unless told
  /// otherwise.
  public init<Run: BackboneTraining>(
    of training: Run, afterEpoch epoch: Int, on pairs: ClassPairs, batches: Int? = nil, seed: Int
  ) where Look == SeparationProbe<BackboneFeatures<Run>> {
    self.init(
      of: BackboneFeatures(of: training), afterEpoch: epoch, on: pairs, batches: batches,
      seed: seed)
  }

  /// The measurement after an epoch, on one pass over the images unless told otherwise.
  public init<Start: FeatureMaking>(
    of start: Start, afterEpoch epoch: Int, on pairs: ClassPairs, batches: Int? = nil, seed: Int
  ) where Look == SeparationProbe<Start> {
    self.init(
      SeparationProbe(start, pairs), afterEpochs: [epoch],
      count: batches ?? max(pairs.batchesPerEpoch, 1), seed: seed)
  }
}

/// R_FC and R_HV of batches of pairs of classes, each batch being an episode.
public struct SeparationProbe<Start: FeatureMaking>: Probe {
  /// What makes features.
  public var start: Start
  /// The pairs of classes; not augmented.
  public var pairs: ClassPairs

  private enum CodingKeys: String, CodingKey {
    case start = "training"
    case pairs
  }

  init(_ start: Start, _ pairs: ClassPairs) { (self.start, self.pairs) = (start, pairs) }

  /// `separation-measurement`.
  public static var name: String { "separation-measurement" }

  /// The training behind the features.
  public var training: any TrainingRun { start.training }

  /// What makes features, in one set of parameters.
  public func parameters(
    afterEpoch epoch: Int, from runs: RunStore
  ) async throws -> Parameters<ShapedArray> {
    try await start.featureParameters(afterEpoch: epoch, from: runs)
  }

  /// What measures batches of pairs.
  public func instrument(
    like example: Parameters<ShapedArray>, seed: Int
  ) -> any Instrument<SeparationOutcome> {
    let (start, pairs) = (start, pairs)
    let generator = Generator(seed: seed).split("separation")
    let program = Program(like: example, pairs.batch(0, ofEpoch: 0, of: generator).inputs) {
      (parameters: Parameters<Tensor>, images: Tensor) in
      let features = start.features(of: images, parameters)
      let inPairs = features.reshaped(to: [pairs.pairsPerBatch, 2, 2, features.shape[1]])
      return SeparationOutcome.measures.map { $0(inPairs, form: $1).mean() }
    }
    return ListedValues(plan: program.plan) { number, parameters, arena in
      program(
        parameters, pairs.batch(number, ofEpoch: 0, of: generator).inputs, in: arena
      ).map { Double($0.scalar) }
    } outcome: { batches, _ in
      SeparationOutcome(
        values: batches[0].indices.map { measure in
          batches.reduce(0) { $0 + $1[measure] } / Double(batches.count)
        })
    }
  }
}

/// The means of R_FC and R_HV over pairs, in both forms.
public struct SeparationOutcome: Codable, Equatable, Sendable {
  private var values: [Double]

  init(values: [Double]) { self.values = values }

  static var measures: [(ClassSeparation, ClassSeparation.Form)] {
    ClassSeparation.allCases.flatMap { measure in
      ClassSeparation.Form.allCases.map { (measure, $0) }
    }
  }

  /// A measure in a form.
  public subscript(measure: ClassSeparation, form: ClassSeparation.Form) -> Double {
    let index = Self.measures.firstIndex { $0 == (measure, form) }
    return values[index ?? 0]
  }
}
