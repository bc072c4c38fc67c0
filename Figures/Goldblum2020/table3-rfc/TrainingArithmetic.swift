import Experiments
import Goldblum2020Setup
import Reproduction
import Training

/// The multiplications and additions of a training, in products and convolutions: its updates are
/// planned, and none is computed.
///
/// What solves for the heads (the quadratic program, the Cholesky decomposition), R_FC itself and the
/// images' augmentation have neither products nor convolutions and do not count.
struct TrainingArithmetic: Experiment {
  let training: RunKey
  private let extractor: ExtractorRun

  init(of run: ExtractorRun) throws { (training, extractor) = (try run.tested.key, run) }

  private enum CodingKeys: String, CodingKey { case training }

  static var name: String { "training-arithmetic" }

  func run(_ context: RunContext) async throws -> Double {
    extractor.work.floatingPointOperations
  }
}

extension ExtractorExperiments {
  /// The arithmetic of trainings; all seeds take the same.
  func arithmetic(of extractors: [Extractor]) throws -> Study<Grid<Extractor, Double>> {
    try grid(extractors, seeds: [0]) {
      try Study(TrainingArithmetic(of: run($0, seed: $1)))
    }
  }
}

extension Grid<Extractor, Double> {
  /// What one takes in units of what another takes.
  func ratio(of extractor: Extractor, to unit: Extractor) -> Double? {
    guard let own = self[extractor]?.values.first, let other = self[unit]?.values.first else {
      return nil
    }
    return own / other
  }

  /// What meta-trainings take in units of classical training with R_FC, in the order of Table 3.
  var ratiosToClustering: [(extractor: Extractor, ratio: Double)] {
    places.filter(\.routine.isMetaLearned).compactMap { extractor in
      ratio(of: extractor, to: extractor.trained(.clustering)).map { (extractor, $0) }
    }
  }
}
