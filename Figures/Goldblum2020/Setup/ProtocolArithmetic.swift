import CommonSetup
import Episodes
import Experiments

/// How much more arithmetic the paper's own protocol of meta-learning takes than classical training
/// with R_FC, by the multiplications and additions in products and convolutions.
///
/// It depends on no result: at every budget the updates of the `paper` budget are planned, and none
/// is computed. What solves for the heads (the quadratic program, the Cholesky decomposition), R_FC
/// itself and the images' augmentation have neither products nor convolutions and do not count.
public struct ProtocolArithmetic: Codable, Equatable, Sendable {
  /// A meta-training.
  public struct Ratio: Codable, Equatable, Sendable {
    /// What is meta-trained; the other is the same network with R_FC on the same data.
    public var extractor: Extractor
    /// The operations of all updates in units of those of the other.
    public var ratio: Double
  }

  /// The meta-trainings of the protocol, in the order of Table 3.
  public var ratios: [Ratio]

  /// Plans the trainings of the protocol, several at once.
  public init(workers: Int) async throws {
    let experiments = ExtractorExperiments(planning: .paper)
    let trained = experiments.world.extractors.filter(\.routine.isMetaLearned)
    let classical = trained.map { Extractor($0.set, $0.network, .clustering) }
    let operations = try await concurrentMap(trained + classical, workers: workers) {
      try experiments.run($0, seed: 0).work().floatingPointOperations
    }
    ratios = trained.indices.map {
      Ratio(extractor: trained[$0], ratio: operations[$0] / operations[trained.count + $0])
    }
  }
}

extension DataSet {
  /// Black images in the number and size of the protocol, for plans of what would be computed on
  /// others; all classes share theirs.
  static func black(_ standIn: World.StandIn, side: Int) -> DataSet {
    let counts: [Part: Int] = [
      .train: standIn.trainClasses, .validation: standIn.validationClasses,
      .test: standIn.testClasses,
    ]
    func classes(_ part: Part) -> [ImageClass] {
      (0..<(counts[part] ?? 0)).map {
        ImageClass(name: "\(part.rawValue)/\($0)", group: "", images: 0..<standIn.pictures)
      }
    }
    let images = LabelledImages(
      name: "black", imageShape: [side, side, 3], classes: Part.allCases.flatMap(classes),
      pixels: [UInt8](repeating: 0, count: standIn.pictures * side * side * 3))
    return DataSet(name: "black", preparation: "black", images: images, split: classes)
  }
}
