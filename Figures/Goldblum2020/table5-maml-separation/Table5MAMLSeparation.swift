import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Measurements
import Networks
import Plotting
import Reproduction
import Statistics

/// Table 5: features from MAML are no better separated than those of a classifier.
@main
struct Table5MAMLSeparation: ComputedFigure {
  static let identity = FigureIdentity(
    "table5-maml-separation", of: "Goldblum2020",
    title: "Class separation of MAML and of classical training",
    summary: "R_FC and R_HV of Conv-4 by MAML with 1 and 5 shots and as a classifier, on the "
      + "training classes of mini-ImageNet.", dataSets: Conv4Experiments.sets)
  static let departures = Departures.conv4 + Departures.maml

  /// A row of the table, by its name in the paper.
  enum Arm: String, CaseIterable, Codable {
    case oneShot = "MAML-1"
    case fiveShot = "MAML-5"
    case classical = "MAML-C"

    var shots: Int { self == .fiveShot ? 5 : 1 }
    var title: String { self == .classical ? "Classical" : "MAML, \(shots)-shot" }
  }

  struct Found: Codable, Sendable {
    var accuracy: Double
    var separation: SeparationOutcome
  }

  typealias Results = BesidePaper<Grid<Arm, Found>>

  func study(_ options: FigureOptions) throws -> Study<Results> {
    let experiments = try Conv4Experiments(options)
    return try grid(Arm.allCases, seeds: options.seeds) { arm, seed in
      try found(arm, seed, experiments)
    }.using(experiments.data).besidePaper(Self.identity, on: [experiments.images], options)
  }

  /// All are normalised by the batch at hand, since MAML has no running statistics.
  private func found(
    _ arm: Arm, _ seed: UInt64, _ experiments: Conv4Experiments
  ) throws -> Study<Found> {
    let (accuracy, separation): (Study<[EvaluationOutcome]>, Study<[SeparationOutcome]>)
    if arm == .classical {
      let training = try experiments.classicalBesideMAML(seed: seed)
      accuracy = try Study(experiments.accuracy(of: training, shots: arm.shots))
      separation = try Study(
        experiments.separation(
          of: BackboneFeatures(of: training, normalizedBy: .batchStatistics),
          afterEpoch: training.schedule.epochs, seed: seed))
    } else {
      let training = try experiments.maml(shots: arm.shots, seed: seed)
      accuracy = try Study(experiments.accuracy(of: training, shots: arm.shots))
      separation = try Study(
        experiments.separation(
          of: BodyFeatures(of: training), afterEpoch: training.schedule.epochs, seed: seed))
    }
    return accuracy.and(separation).map { Found(accuracy: $0[0].accuracy, separation: $1[0]) }
  }

  func draw(_ results: Results) -> Table {
    Table(
      Self.identity.title,
      columns: ClassSeparation.allCases.map { Table.Column($0.title, digits: 2, best: .lowest) }
        + [Table.Column("accuracy, %", digits: 1, best: .none)],
      caption: "Means over pairs of training classes, and over seeds with 95 % intervals "
        + "(Student's t); low is well separated. All by the statistics of the batch at hand, in "
        + "the form of the authors' code. Accuracy on unseen classes, 5-way, with the shots of the "
        + "row (classical: 1-shot, nearest mean), says that all are trained; the paper has none."
        + results.caption
    ) {
      for (arm, found) in results.found.found {
        Table.Row(
          arm.title,
          ClassSeparation.allCases.map { measure in
            found.map { $0.separation[measure, .released] }.cell(
              paper: results.paper["\(arm.rawValue)/\(measure.title)"])
          } + [found.map(\.accuracy).cell(times: 100, paper: nil)])
      }
    }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "goldblum2020/table5-maml-separation/maml-does-not-cluster",
        quoting: "We find that, in fact, MAML exhibits even worse feature separation than a "
          + "classically trained model of the same architecture.", at: "Section 4.6, Table 5",
        gate: gate
      ) {
        for arm in [Arm.oneShot, .fiveShot] {
          for measure in ClassSeparation.allCases {
            for form in ClassSeparation.Form.allCases {
              Criterion(
                "\(arm.title), \(measure.title)\(form == .printed ? " as printed" : "")",
                statistic: "\(measure.title) of MAML − that of classical training", .positive,
                role: form == .released ? .decides : .accompanies
              ) { results in
                results.found.gain(of: arm, over: .classical) { $0.separation[measure, form] }
              }
            }
          }
        }
      }
    ]
  }

  /// Half of what the published networks gain over chance.
  ///
  /// MAML has 48.7 and 63.1 %, the nearest mean on a classifier's features 41.1 % (Finn et al. 2017,
  /// Table 1).
  private static let gate = Competence.gate(
    "each training on unseen classes", from: 0.2,
    to: [Arm.oneShot.title: 0.487, Arm.fiveShot.title: 0.6311, Arm.classical.title: 0.4108]
  ) { (results: Results) in results.found.named(\.title) { $0.accuracy } }

  func quantities(in results: Results) -> [Quantity] {
    for (arm, found) in results.found.found {
      for measure in ClassSeparation.allCases {
        let name = measure == .featureClustering ? "fc" : "hv"
        Quantity(
          measure.title, at: ["training": arm.title],
          found.map { $0.separation[measure, .released] },
          metric: "\(name)-\(arm.rawValue)", paper: results.id("\(arm.rawValue)/\(measure.title)"))
        Quantity(
          "\(measure.title)-printed", at: ["training": arm.title],
          found.map { $0.separation[measure, .printed] }, within: nil)
      }
      Quantity(
        "accuracy", at: ["training": arm.title], found.map { 100 * $0.accuracy },
        metric: "accuracy-\(arm.rawValue)", within: .absolute(5))
    }
  }
}
