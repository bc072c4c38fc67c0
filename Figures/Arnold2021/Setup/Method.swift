import CommonSetup
import MetaLearners
import Networks

/// A way to help a shallow network meta-learn: a column of Tables 1–3 and B.4.
///
/// Whatever is known of one stands in its value here; tables and figures name those that they compare.
package struct Method: RawRepresentable, Hashable, Codable, Sendable {
  /// The name in results and files.
  package let rawValue: String
  private let titles: (maml: String, anil: String)
  /// The rates, with the families that it goes with.
  let rates: [Family: RatePreset]
  /// What helps a plain learner.
  let helping: @Sendable (PlainLearner) -> any MetaLearner

  private init(
    _ name: String, _ title: String, withANIL other: String? = nil, rates: [Family: RatePreset],
    helping: @escaping @Sendable (PlainLearner) -> any MetaLearner
  ) {
    (rawValue, titles, self.rates, self.helping) = (name, (title, other ?? title), rates, helping)
  }

  package init?(rawValue: String) {
    guard let method = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = method
  }

  /// The name in the paper's tables.
  package func title(_ family: Family) -> String { family == .maml ? titles.maml : titles.anil }

  /// Nothing but the inner loop.
  package static let null = Method(
    "null", "MAML", withANIL: "ANIL", rates: [.maml: .maml, .anil: .anil]
  ) { $0.adapting(by: GradientDescent(rate: $0.rate)) }

  /// Two linear layers after the features.
  package static let linNet = Method(
    "linNet", "MAML with LinNet", withANIL: "ANIL with LinNet",
    rates: [.maml: .mamlLinNet, .anil: .anilLinNet]
  ) {
    var plain = $0
    plain.network.linearWidths = plain.world.linNet
    // Standard normal weights, which the head for Omniglot has alone, would multiply in a chain.
    plain.network.headInitializer = .glorotUniform
    return plain.adapting(by: GradientDescent(rate: plain.rate))
  }

  /// A rate for every weight.
  package static let metaSGD = Method(
    "metaSGD", "Meta-SGD", rates: [.maml: .mamlMetaSGD, .anil: .anilMetaSGD]
  ) { $0.adapting(by: MetaSGD(initialRate: $0.rate)) }

  /// A matrix for every axis of every weight.
  package static let metaCurvature = Method(
    "metaCurvature", "Meta-Curvature",
    rates: [.maml: .mamlMetaCurvature, .anil: .anilMetaCurvature]
  ) { $0.adapting(by: MetaCurvature(rate: $0.rate)) }

  /// Linear maps between the layers, which a head alone does not have; all else adapts, as with MAML.
  package static let tNets = Method("tNets", "T-Nets", rates: [.maml: .tNets]) {
    GradientLearner.tNet(
      $0.network, rate: $0.rate, steps: ImageWorld.steps, adapts: .except(["transform"]))
  }

  /// A network that transforms gradients: linear, or with two hidden layers by a preset.
  package static let metaKFO = Method(
    "metaKFO", "Meta-KFO", withANIL: "KFO", rates: [.maml: .mamlKFO, .anil: .anilKFO]
  ) {
    $0.adapting(by: MetaKFO(rate: $0.rate, hiddenLayers: $0.preset == "nonlinear" ? 2 : 0))
  }

  /// All, in the order of the tables.
  package static let all: [Method] = [null, linNet, metaSGD, metaCurvature, tNets, metaKFO]

  /// Those of Table 3, and of Table B.4 those that go with ANIL.
  package static func metaOptimizers(_ family: Family) -> [Method] {
    all.filter { $0 != .linNet && $0.rates[family] != nil }
  }
}

/// What a method is to help.
struct PlainLearner: Sendable {
  var network: ConvolutionalNetwork
  var family: Family
  /// α.
  var rate: Double
  var world: ImageWorld
  /// The user's.
  var preset: String?

  func adapting(by rule: some UpdateRule) -> any MetaLearner {
    GradientLearner(
      model: network, rule: rule, steps: ImageWorld.steps, adapts: family == .anil ? .head : .all)
  }
}

/// Which layers the inner loop adapts.
package enum Family: String, CaseIterable, Codable, Sendable {
  case maml
  /// The head alone.
  case anil
}
