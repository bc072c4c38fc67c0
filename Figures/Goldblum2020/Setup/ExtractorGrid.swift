import DataSets
import Experiments
import Networks
import Reproduction
import Statistics

/// What was found of the extractors.
package typealias ExtractorGrid = Grid<Extractor, ExtractorFound>

extension Grid<Extractor, ExtractorFound> {
  /// The networks, in the order of the paper.
  package var networks: [Extractor.Network] {
    Extractor.Network.allCases.filter { network in places.contains { $0.network == network } }
  }

  /// The rows of the tables: networks and what was trained on them, in the order of the paper.
  package var rows: [Extractor] {
    places.filter { $0.set == places[0].set }
  }

  /// The name of a row: the training, and its network where there are several.
  package func title(_ row: Extractor) -> String {
    networks.count == 1 ? row.routine.title : "\(row.routine.title) on \(row.network.title)"
  }

  package var networkCaption: String {
    networks.count == 1
      ? "All on the network of \(networks[0].title), narrowed."
      : "Each row is a training and its network."
  }

  package func accuracy(_ extractor: Extractor, shots: Int) -> PerSeed<Double>? {
    guard let index = World.testShots.firstIndex(of: shots) else { return nil }
    return self[extractor]?.map { $0.accuracies[index] }
  }

  /// How far an extractor keeps the training classes apart.
  package func separation(
    _ extractor: Extractor, _ measure: ClassSeparation, _ form: ClassSeparation.Form
  ) -> PerSeed<Double>? { self[extractor]?.map { $0.separation[measure, form] } }

  /// The losses of trainings and tests, held tightly, and the epochs that were tested.
  ///
  /// At the smoke budget they are those of a few updates, in which other kernels change only the last
  /// digits. An error of a thousandth in what fits a head is seen, as it is not in accuracies.
  @QuantityBuilder package var commonQuantities: [Quantity] {
    for (extractor, found) in self.found {
      Quantity(
        "first-loss", at: extractor.columns, found.map(\.firstLoss),
        metric: "first-loss-\(extractor.key)", within: .relative(5e-7))
      for (index, shots) in World.testShots.enumerated() {
        Quantity(
          "test-loss-\(shots)-shot", at: extractor.columns, found.map { $0.losses[index] },
          metric: "test-loss-\(extractor.key)-\(shots)-shot", within: .relative(5e-7))
      }
      Quantity("epoch", at: extractor.columns, found.map { Double($0.epoch) }, within: nil)
    }
  }
}

extension Extractor {
  /// Its words in the CSV file.
  package var columns: KeyValuePairs<String, String> {
    ["data": set.title, "network": network.title, "training": routine.title]
  }
}

extension ClassSeparation {
  package var title: String { self == .featureClustering ? "R_FC" : "R_HV" }
}
