import Claims
import CommonSetup
import Networks
import Reproduction
import Statistics

/// What was found of the extractors, seed by seed: the results of Tables 2 and 3.
public struct ExtractorGrid: Codable, Sendable {
  /// What was found of one.
  public struct Cell: Codable, Sendable {
    /// Which one.
    public var extractor: Extractor
    /// What was found of it.
    public var outcomes: PerSeed<ExtractorOutcome>
    /// The multiplications and additions of its training.
    public var operations: Double
    /// The losses on the way there; results kept earlier do not have them.
    public var losses: PerSeed<ExtractorLosses>?
  }

  /// All that were trained.
  public var cells: [Cell]
  /// The numbers of shots.
  public var shots: [Int]
  /// What the paper says, by the rest of the value's name.
  public var paper: [String: Double]
  /// What the trainings of the protocol take, where that is asked.
  public var protocolArithmetic: ProtocolArithmetic?

  /// An extractor's cell, if it was trained.
  public subscript(_ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine)
    -> Cell?
  {
    cells.first { $0.extractor == Extractor(set, network, routine) }
  }

  /// The networks, in the order of the paper.
  public var networks: [Extractor.Network] {
    Extractor.Network.allCases.filter { network in
      cells.contains { $0.extractor.network == network }
    }
  }

  /// The rows of the tables: networks and what was trained on them, in the order of the paper.
  public var rows: [(network: Extractor.Network, routine: Extractor.Routine)] {
    cells.map(\.extractor).filter { $0.set == cells[0].extractor.set }.map {
      ($0.network, $0.routine)
    }
  }

  /// The name of a row: the training, and its network where there are several.
  public func title(_ network: Extractor.Network, _ routine: Extractor.Routine) -> String {
    networks.count == 1 ? routine.title : "\(routine.title) on \(network.title)"
  }

  /// What a caption says of the networks.
  public var networkCaption: String {
    networks.count == 1
      ? "All on the network of \(networks[0].title), narrowed."
      : "Each row is a training and its network."
  }

  /// The accuracy of an extractor with so many shots.
  public func accuracy(
    _ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine, shots: Int
  ) -> PerSeed<Double>? {
    guard let index = self.shots.firstIndex(of: shots) else { return nil }
    return self[set, network, routine]?.outcomes.map { $0.accuracies[index] }
  }

  /// How far an extractor keeps the training classes apart.
  public func separation(
    _ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine,
    _ measure: ClassSeparation, _ form: ClassSeparation.Form
  ) -> PerSeed<Double>? {
    self[set, network, routine]?.outcomes.map { $0.separation[measure, form] }
  }

  /// The arithmetic of a meta-learner's training in units of that of classical training.
  public func relativeArithmetic(
    _ set: ImageSet, _ network: Extractor.Network, _ routine: Extractor.Routine,
    to other: Extractor.Routine
  ) -> Double? {
    guard let own = self[set, network, routine], let unit = self[set, network, other] else {
      return nil
    }
    return own.operations / unit.operations
  }
}

extension ExtractorGrid {
  /// The losses of trainings and tests, held tightly.
  ///
  /// At the smoke budget they are those of a few updates, in which other kernels change only the last
  /// digits. An error of a thousandth in what fits a head is seen, as it is not in accuracies.
  public var firstLosses: [Metric] {
    cells.flatMap { cell in
      guard let losses = cell.losses else { return [Metric]() }
      let training = Metric(
        "first-loss-\(cell.extractor.key)", losses.map(\.training), tolerance: .relative(5e-7))
      return [training]
        + shots.enumerated().map { index, shots in
          Metric(
            "test-loss-\(cell.extractor.key)-\(shots)-shot", losses.map { $0.queries[index] },
            tolerance: .relative(5e-7))
        }
    }
  }
}
