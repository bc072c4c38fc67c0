import CommonSetup
import DataSets
import Experiments
import Networks

/// How large the world of the extractors is at a budget: the table of presets.
///
/// At `paper` it is the paper's, and where that is silent that of the published code (of the
/// regularisers, and of MetaOptNet); below, images are smaller, networks narrower, classes fewer and
/// trainings shorter.
package struct World: Sendable {
  /// How many scenes stand in for photographs.
  package struct StandIn: Sendable {
    var trainClasses: Int
    var validationClasses: Int
    var testClasses: Int
    var pictures: Int

    func scenes(series: Int, side: Int, seed: Int) -> DataSet {
      Scenes(
        trainClasses: trainClasses, validationClasses: validationClasses, testClasses: testClasses,
        pictures: pictures, side: side, series: series, seed: seed
      ).dataSet()
    }
  }

  /// Training as a classifier.
  struct Classical: Sendable {
    /// The pairs of classes in a batch, with four images each.
    var pairs: Int
    var epochs: Int
    /// The rates, each with the number of epochs before which it holds, and the last one.
    var rates: [(rate: Double, beforeEpoch: Int)]
    var lastRate: Double
    /// c_FC and c_HV, where they are not zero.
    var featureClustering: Double
    var hyperplaneVariation: Double
  }

  /// Training on episodes.
  struct Episodic: Sendable {
    /// The support images of each of five classes.
    var shots: PerSet<Int>
    /// The query images of each class.
    var queries: Int
    var episodesPerStep: Int
    /// How many of them share a pass, and with it batch statistics.
    var episodesPerPass: PerSet<Int>
    var stepsPerEpoch: Int
    var epochs: Int
    var rates: [(rate: Double, beforeEpoch: Int)]
    var lastRate: Double
    /// ε of label smoothing.
    var smoothing: PerSet<Double>
    /// The episodes of which the best epoch is chosen; the last is taken if there are none.
    var validationEpisodes: Int
  }

  /// The side of the images.
  var sides: PerSet<Int>
  /// The scenes.
  var standIn: StandIn
  /// The factors on the published widths.
  var widths: [Extractor.Network: Double]
  /// What is trained on each network.
  var routines: [Extractor.Network: [Extractor.Routine]]
  /// Training as a classifier.
  var classical: Classical
  /// Training on episodes.
  var episodic: Episodic
  /// The largest change of colours by augmentation.
  var jitter: Double
  /// The episodes that judge, for each number of shots.
  var testEpisodes: Int
  /// The episodes by which the setting of a fine-tuning algorithm is chosen.
  package var settingEpisodes: Int

  /// The data sets, in the order of the paper's tables.
  package static let sets: [ImageSet] = [.miniImageNet, .cifarFS]
  /// Five classes, fifteen queries of each.
  package static let (ways, testQueries) = (5, 15)
  /// The support images of each class in the tests.
  package static let testShots = [1, 5]

  /// All extractors, in the order of Table 3.
  package var extractors: [Extractor] {
    World.sets.flatMap { set in
      Extractor.Network.allCases.flatMap { network in
        (routines[network] ?? []).map { Extractor(set, network, $0) }
      }
    }
  }

  /// The networks that something is trained on.
  package var networks: [Extractor.Network] {
    Extractor.Network.allCases.filter { routines[$0] != nil }
  }

  /// How many times as many images the paper's meta-training sees as its classical training does.
  ///
  /// 38,400 images of the 64 training classes make an epoch of classical training.
  package static func paperImageRatio(on set: ImageSet) -> Double {
    let (episodic, classical) = (paper.episodic, paper.classical)
    let episode = ways * (episodic.shots[set] + episodic.queries)
    let steps = episodic.stepsPerEpoch * episodic.epochs
    return Double(steps * episodic.episodesPerStep * episode)
      / Double(38_400 * classical.epochs)
  }

  /// The same work in smaller updates: a meta-training makes one after each pass on mini-ImageNet.
  ///
  /// So a measurement of time need not wait for a whole update, which takes minutes at the paper's
  /// size. The optimiser's step, once through the weights, is then counted as often.
  package var updatingAfterPasses: World {
    var world = self
    let passes = episodic.episodesPerStep / episodic.episodesPerPass[.miniImageNet]
    world.episodic.episodesPerStep /= passes
    world.episodic.stepsPerEpoch *= passes
    return world
  }

  package static func of(_ budget: Budget) -> World { table[budget] }

  private static let table = BudgetTable(
    smoke: smoke, standard: standard, overnight: overnight, paper: paper)
}
