import Experiments
import Reproduction
import Training

/// The multiplications and additions of a training, in products and convolutions: its updates are
/// planned, and none is computed.
///
/// What solves for the heads (the quadratic program, the Cholesky decomposition), R_FC itself and the
/// images' augmentation have neither products nor convolutions and do not count.
package struct TrainingArithmetic: Experiment {
  let training: RunKey
  private let work: @Sendable () -> TrainingWork

  package init(of run: ExtractorRun) { (training, work) = (run.training, run.work) }

  private enum CodingKeys: String, CodingKey { case training }

  package static var name: String { "training-arithmetic" }

  package func run(_ context: RunContext) async throws -> Double { work().floatingPointOperations }
}

extension ExtractorExperiments {
  /// The arithmetic of trainings; all seeds take the same.
  package func arithmetic(of extractors: [Extractor]) throws -> Study<Grid<Extractor, Double>> {
    try grid(extractors, seeds: [0]) {
      try Study(TrainingArithmetic(of: run($0, seed: $1)))
    }
  }
}

extension Grid<Extractor, Double> {
  /// What one takes in units of what another takes.
  package func ratio(of extractor: Extractor, to unit: Extractor) -> Double? {
    guard let own = self[extractor]?.values.first, let other = self[unit]?.values.first else {
      return nil
    }
    return own / other
  }

  /// What meta-trainings take in units of classical training with R_FC, in the order of Table 3.
  package var ratiosToClustering: [(extractor: Extractor, ratio: Double)] {
    places.filter(\.routine.isMetaLearned).compactMap { extractor in
      ratio(of: extractor, to: extractor.trained(.clustering)).map { (extractor, $0) }
    }
  }
}
