import Claims
import CommonSetup
import Experiments
import Reproduction
import Statistics

extension ClaimStatement {
  /// Table 1, *linnet-helps-shallow*.
  public static let linNetHelpsShallow = ClaimStatement(
    "arnold2021/table1-linnet-cnn/linnet-helps-shallow",
    quotation: Quotation(
      "When the number of CNN layers are less than 6, the addition improves meta-learning "
        + "performances.", at: "Section 5.2, Table 1"),
    criteria: ImageSet.allCases.flatMap { set in
      [
        CriterionStatement(
          "\(set.title), mean gain", statistic: "mean gain of accuracy over 2 to 4 layers",
          rule: .positive),
        CriterionStatement(
          "\(set.title), trend", statistic: "slope of the gain over the number of layers",
          rule: .negative),
      ]
    })

  /// Table 2, *linnet-helps-anil*.
  public static let linNetHelpsANIL = ClaimStatement(
    "arnold2021/table2-linnet-anil/linnet-helps-anil",
    quotation: Quotation(
      "Table 2 generalizes the positive findings in Table 1 to ANIL", at: "Section 5.2, Table 2"),
    criteria: ImageSet.allCases.map {
      CriterionStatement($0.title, statistic: "gain of accuracy", rule: .positive)
    })

  /// The ways of Table 3 to help MAML.
  static let optimizers: [Method] = [.metaSGD, .metaCurvature, .tNets, .metaKFO]

  /// Table 3, *all-help*.
  public static let allHelp = ClaimStatement(
    "arnold2021/table3-meta-optimizers/all-help",
    quotation: Quotation(
      "All methods improve the original MAML", at: "Section 5.3, Table 3"),
    criteria: ImageSet.allCases.flatMap { set in
      optimizers.map {
        CriterionStatement(
          "\(set.title), \($0.title(.maml))", statistic: "gain of accuracy over MAML",
          rule: .positive)
      }
    })

  /// Table 3, *kfo-best-on-omniglot-and-cifar-fs*.
  public static let kfoBest = ClaimStatement(
    "arnold2021/table3-meta-optimizers/kfo-best-on-omniglot-and-cifar-fs",
    quotation: Quotation(
      "META-KFO improves the most on Omniglot and CIFAR-FS.", at: "Section 5.3, Table 3"),
    criteria: [ImageSet.omniglot, .cifarFS].flatMap { set in
      optimizers.dropLast().map {
        CriterionStatement(
          "\(set.title), over \($0.title(.maml))", statistic: "accuracy of Meta-KFO − its accuracy",
          rule: .positive)
      }
    })

  /// Figures 4 and B.4, *gain-shrinks-with-depth*.
  public static func gainShrinksWithDepth(_ target: String, on sets: [ImageSet]) -> ClaimStatement {
    ClaimStatement(
      "arnold2021/\(target)/gain-shrinks-with-depth",
      quotation: Quotation(
        "the “net gain” from the META-KFO has the diminishing trend as the size increases",
        at: target.hasPrefix("figB4") ? "Section B.6, Figure B.4" : "Figure 4"),
      criteria: sets.map {
        CriterionStatement(
          $0.title, statistic: "slope of Meta-KFO's gain over MAML, per convolutional layer",
          rule: .negative)
      })
  }

  /// Table B.4, *kfo-helps-anil-most*.
  public static let kfoHelpsANILMost = ClaimStatement(
    "arnold2021/tableB4-anil-meta-optimizers/kfo-helps-anil-most",
    quotation: Quotation(
      "ANIL always benefits from the combination with a meta-optimizer, and specifically that it "
        + "benefits most from KFO.", at: "Section B.5, Table B.4"),
    criteria: ImageSet.allCases.flatMap { set in
      [Method.null, .metaSGD, .metaCurvature].map {
        CriterionStatement(
          "\(set.title), over \($0.title(.anil))", statistic: "accuracy of KFO − its accuracy",
          rule: .positive)
      }
    })

  /// Figures 3 and B.2, *linear-fails*.
  public static func linearFails(_ target: String, on sets: [ImageSet]) -> ClaimStatement {
    ClaimStatement(
      "arnold2021/\(target)/linear-fails",
      quotation: Quotation(
        "The black lines are the meta-learning performance, which only slightly improve upon chance "
          + "levels (20% on Ominglot and CIFAR-FS).", at: "Section 5.1, Figure 3"),
      criteria: sets.map {
        CriterionStatement(
          $0.title, statistic: "accuracy of softmax regression − chance",
          rule: .equivalent(margin: 0.05))
      })
  }

  /// Figures 3 and B.2, *linnet-rescues*.
  public static func linNetRescues(_ target: String, on sets: [ImageSet]) -> ClaimStatement {
    ClaimStatement(
      "arnold2021/\(target)/linnet-rescues",
      quotation: Quotation(
        "when linear layers are added to these linear models, the meta-learning performances are "
          + "significantly improved.", at: "Section 5.1, Figure 3"),
      criteria: sets.map {
        CriterionStatement(
          $0.title, statistic: "gain of accuracy by adding linear layers", rule: .positive)
      })
  }
}

extension AccuracyGrid {
  /// Evidence of differences between methods on CNN(2), those that were measured.
  public func gains(
    of pairs: [(name: (ImageSet) -> String, method: Method, over: Method)]
  ) -> [String: Evidence] {
    var evidence: [String: Evidence] = [:]
    for set in sets {
      for pair in pairs {
        evidence[pair.name(set)] = gain(of: pair.method, over: pair.over, on: set, depth: 2).map {
          .seeds($0)
        }
      }
    }
    return evidence
  }

  /// Evidence of the trend of a method's gain over depth, by data set.
  public func trends(of method: Method) -> [ImageSet: Evidence] {
    var evidence: [ImageSet: Evidence] = [:]
    let layers = depths.map(Double.init)
    for set in sets where layers.count > 1 {
      evidence[set] = gains(of: method, on: set).map { .seeds($0.slopes(over: layers)) }
    }
    return evidence
  }
}
