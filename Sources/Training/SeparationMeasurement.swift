import Episodes
import Execution
import Experiments
import Networks
import Tensors

/// How far a trained backbone keeps classes apart: R_FC and R_HV over pairs of classes.
///
/// The backbone answers (running statistics, nothing dropped), and the pairs are those of one pass
/// over the images, or fewer.
///
/// - Reference: Goldblum et al., "Unraveling Meta-Learning", ICML 2020, Table 2.
///   <https://arxiv.org/abs/2002.06753>
public struct SeparationMeasurement<Training: BackboneTraining>: Experiment {
  /// How the backbone was trained.
  public var training: Training
  /// The epoch after which it is measured.
  public var epoch: Int
  /// The pairs of classes; not augmented.
  public var pairs: ClassPairs
  /// The number of batches of pairs.
  public var batches: Int
  /// What the pairs are drawn from.
  public var seed: Int

  /// The measurement after an epoch, on one pass over the images unless told otherwise.
  public init(
    of training: Training, afterEpoch epoch: Int, on pairs: ClassPairs, batches: Int? = nil,
    seed: Int
  ) {
    self.training = training
    self.epoch = epoch
    self.pairs = pairs
    self.batches = batches ?? max(pairs.batchesPerEpoch, 1)
    self.seed = seed
  }

  /// `separation-measurement`.
  public static var name: String { "separation-measurement" }

  /// Measures one batch after another.
  public func run(_ context: RunContext) async throws -> SeparationOutcome {
    let trained = try await training.trained(afterEpoch: epoch, from: context.runs)
    let generator = Generator(seed: seed).split("separation")
    let measures = SeparationOutcome.measures
    let program = Program(
      like: trained.weights, trained.statistics,
      pairs.batch(0, ofEpoch: 0, of: generator).inputs, fixing: 2
    ) { (weights: Parameters<Tensor>, statistics: Parameters<Tensor>, images: Tensor) in
      let features = training.backbone.features(of: images, weights, statistics: statistics)
        .reshaped(to: [pairs.pairsPerBatch, 2, 2, training.backbone.features])
      return measures.map { $0(features, form: $1).mean() }
    }
    let arena = program.makeArena()
    var sums = [Double](repeating: 0, count: measures.count)
    for number in 0..<batches {
      try Task.checkCancellation()
      let values = program(
        trained.weights, trained.statistics,
        pairs.batch(number, ofEpoch: 0, of: generator).inputs, in: arena,
        reusingFixed: number > 0)
      for (index, value) in values.enumerated() { sums[index] += Double(value.scalar) }
    }
    return SeparationOutcome(values: sums.map { $0 / Double(batches) })
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
