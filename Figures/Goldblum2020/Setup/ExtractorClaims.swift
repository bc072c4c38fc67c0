import Claims
import CommonSetup
import Networks
import Reproduction
import Statistics

/// A place of Tables 2 and 3 that a claim has a criterion for.
private struct Column {
  var network: Extractor.Network
  var set: ImageSet
  var shots: Int

  var title: String { "\(network.title), \(set.title), \(shots)-shot" }

  static func all(_ networks: [Extractor.Network]) -> [Column] {
    networks.flatMap { network in
      World.sets.flatMap { set in
        World.testShots.map { Column(network: network, set: set, shots: $0) }
      }
    }
  }
}

extension ClaimStatement {
  /// Table 3, *rfc-helps*.
  public static func rfcHelps(on networks: [Extractor.Network]) -> ClaimStatement {
    regularizerHelps(
      "rfc-helps", .clustering, on: networks,
      Quotation(
        "In all experiments, feature clustering improves the performance of transfer learning",
        at: "Section 4.4, Table 3"))
  }

  /// Table 3, *rhv-helps*.
  public static func rhvHelps(on networks: [Extractor.Network]) -> ClaimStatement {
    regularizerHelps(
      "rhv-helps", .hyperplanes, on: networks,
      Quotation(
        "We find that this regularizer performs almost as well as R_FC and conclusively "
          + "outperforms non-regularized classical training.", at: "Section 4.5, Table 3"))
  }

  private static func regularizerHelps(
    _ name: String, _ routine: Extractor.Routine, on networks: [Extractor.Network],
    _ quotation: Quotation
  ) -> ClaimStatement {
    ClaimStatement(
      "goldblum2020/table3-rfc/\(name)", quotation: quotation,
      criteria: Column.all(networks).map {
        CriterionStatement(
          $0.title, statistic: "accuracy of \(routine.title) − accuracy of Classical",
          rule: .positive)
      })
  }

  /// Table 3, *faster-than-meta-learning*.
  ///
  /// Times are no results; what decides is the arithmetic that the trainings of the paper's protocol
  /// take, at every budget. Whether R_FC slows training down is not to be seen in it, since only
  /// products and convolutions are counted: the measured times say that.
  public static let fasterThanMetaLearning = ClaimStatement(
    "goldblum2020/table3-rfc/faster-than-meta-learning",
    quotation: Quotation(
      "the regularizer does not appreciably slow down classical training, which, without the "
        + "expense of differentiating through an inner loop, runs as much as 13 times faster than "
        + "the corresponding meta-learning routine.", at: "Section 4.4"),
    criteria: [
      CriterionStatement(
        "arithmetic",
        statistic:
          "multiplications and additions in products and convolutions of a meta-training of the "
          + "paper's protocol, planned but not run and without the solvers of its head, in units of "
          + "those of classical training of the same network with R_FC, for every meta-learner and "
          + "data set",
        rule: .above(threshold: 1))
    ])

  /// Table 2, *meta-separates-better*.
  public static func metaSeparatesBetter(in pairs: [SeparationPair]) -> ClaimStatement {
    ClaimStatement(
      "goldblum2020/table2-class-separation/meta-separates-better",
      quotation: Quotation(
        "On both CIFAR-FS and mini-ImageNet, the meta-learned models attain lower values, "
          + "indicating that feature space clustering plays a role in the effectiveness of "
          + "meta-learning.", at: "Section 4.1, Table 2"),
      criteria: pairs.flatMap { pair in
        ClassSeparation.allCases.flatMap { measure in
          ClassSeparation.Form.allCases.map { form in
            CriterionStatement(
              pair.criterion(measure, form),
              statistic: "\(measure.title) of the classical extractor − that of the meta-learned",
              rule: .positive, role: form == .released ? .decides : .accompanies)
          }
        }
      })
  }
}

/// A meta-learned extractor and the classical one of the same network and data: a pair of Table 2.
public struct SeparationPair: Sendable {
  /// The data set.
  public var set: ImageSet
  /// The network.
  public var network: Extractor.Network
  /// How the meta-learned one was trained.
  public var routine: Extractor.Routine

  /// The meta-learned one.
  public var extractor: Extractor { Extractor(set, network, routine) }

  /// The pairs that some routines on some networks make.
  public static func all(
    _ routines: [(Extractor.Network, Extractor.Routine)]
  ) -> [SeparationPair] {
    World.sets.flatMap { set in
      routines.map { SeparationPair(set: set, network: $0.0, routine: $0.1) }
    }
  }

  fileprivate func criterion(_ measure: ClassSeparation, _ form: ClassSeparation.Form) -> String {
    "\(routine.title) on \(network.title), \(set.title), \(measure.title)"
      + (form == .printed ? " as printed" : "")
  }
}

extension ClassSeparation {
  /// R_FC or R_HV.
  public var title: String { self == .featureClustering ? "R_FC" : "R_HV" }
}

extension ExtractorGrid {
  /// The pairs of Table 2 among the extractors.
  public var pairs: [SeparationPair] {
    cells.map(\.extractor).filter(\.routine.isMetaLearned).map {
      SeparationPair(set: $0.set, network: $0.network, routine: $0.routine)
    }
  }

  /// What the grid says on *rfc-helps* or *rhv-helps*.
  public func evidence(that routine: Extractor.Routine) -> [String: Evidence] {
    var evidence: [String: Evidence] = [:]
    for column in Column.all(networks) {
      guard
        let own = accuracy(column.set, column.network, routine, shots: column.shots),
        let plain = accuracy(column.set, column.network, .classical, shots: column.shots)
      else { continue }
      evidence[column.title] = .seeds(own - plain)
    }
    return evidence
  }

  /// What the grid says on *faster-than-meta-learning*.
  public var arithmeticEvidence: [String: Evidence] {
    guard let protocolArithmetic else { return [:] }
    return ["arithmetic": .exact(protocolArithmetic.ratios.map(\.ratio))]
  }

  /// What the grid says on *meta-separates-better*.
  public var separationEvidence: [String: Evidence] {
    var evidence: [String: Evidence] = [:]
    for pair in pairs {
      for (measure, form) in ClassSeparation.allCases.flatMap({ measure in
        ClassSeparation.Form.allCases.map { (measure, $0) }
      }) {
        guard
          let own = separation(pair.set, pair.network, pair.routine, measure, form),
          let classical = separation(pair.set, pair.network, .classical, measure, form)
        else { continue }
        evidence[pair.criterion(measure, form)] = .seeds(
          classical - own)
      }
    }
    return evidence
  }
}
