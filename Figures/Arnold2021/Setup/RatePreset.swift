import CommonSetup
import DataSets

/// A row of Tables D.5–D.7: the rates of one method on the three data sets, with their sources.
///
/// Adaptation rates are those of D.6 and meta-rates those of D.7, both for CNN(2); linear models have
/// theirs in D.5. Deeper networks take the rates of CNN(2), and T-Nets those of plain MAML, since the
/// paper gives them none.
package struct RatePreset: Equatable, Sendable {
  /// What has these rates: `maml-kfo`, `lr-linnet`.
  package var name: String
  /// α on Omniglot, CIFAR-FS and mini-ImageNet.
  package var adaptation: [SourcedRate]
  /// β likewise.
  package var meta: [SourcedRate]

  private init(_ name: String, adaptation: [SourcedRate], meta: [SourcedRate]) {
    (self.name, self.adaptation, self.meta) = (name, adaptation, meta)
  }

  /// The rates on a data set.
  package func rates(on set: ImageSet) -> Rates {
    Rates(
      adaptation: adaptation[ImageWorld.column(of: set)].value,
      meta: meta[ImageWorld.column(of: set)].value)
  }

  /// The row of softmax regression.
  package static func linear(isDeep: Bool) -> RatePreset { isDeep ? lrLinNet : lr }

  /// Every row.
  package static var all: [RatePreset] {
    [lr, lrLinNet]
      + Method.all.flatMap { method in Family.allCases.compactMap { method.rates[$0] } }
  }

  /// Table D.5.
  static let lr = RatePreset(
    "lr", adaptation: [1.0, 0.01, 0.01], meta: [0.0005, 0.0005, 0.0005])
  /// Table D.5.
  static let lrLinNet = RatePreset(
    "lr-linnet", adaptation: [0.08, 0.02, 0.01], meta: [0.0005, 0.0001, 0.0005])

  static let maml = RatePreset(
    "maml", adaptation: [0.08, 0.07, 0.001], meta: [0.003, 0.003, 0.0005])
  static let mamlLinNet = RatePreset(
    "maml-linnet", adaptation: [0.05, 0.01, 0.001], meta: [0.003, 0.003, 0.0005])
  static let mamlMetaSGD = RatePreset(
    "maml-meta-sgd", adaptation: [0.5, 0.7, 0.1], meta: [0.0005, 0.001, 0.001])
  static let mamlMetaCurvature = RatePreset(
    "maml-meta-curvature", adaptation: [0.5, 0.7, 0.05],
    meta: [0.003, .choice(0.003), .choice(0.001)])
  static let mamlKFO = RatePreset(
    "maml-kfo", adaptation: [0.1, 0.1, 0.001],
    meta: [0.003, .code(0.0005), .code(0.0005)])
  static let tNets = RatePreset(
    "t-nets", adaptation: [.choice(0.08), .choice(0.07), .choice(0.001)],
    meta: [.choice(0.003), .choice(0.003), .choice(0.0005)])

  static let anil = RatePreset(
    "anil", adaptation: [0.5, 0.5, 0.5], meta: [0.001, 0.002, 0.001])
  static let anilLinNet = RatePreset(
    "anil-linnet", adaptation: [0.5, 0.5, 0.5], meta: [0.003, 0.001, 0.001])
  static let anilMetaSGD = RatePreset(
    "anil-meta-sgd", adaptation: [0.05, 0.1, 0.1], meta: [0.001, 0.001, 0.001])
  static let anilMetaCurvature = RatePreset(
    "anil-meta-curvature", adaptation: [0.05, 0.1, 0.1], meta: [0.001, 0.001, 0.001])
  /// On mini-ImageNet D.6 has 0.1, with which the rule's own parameters run away within five steps on
  /// the 1,600 features of CNN(2): the loss is no longer finite before the first update.
  static let anilKFO = RatePreset(
    "anil-kfo", adaptation: [0.1, 0.1, .code(0.05, because: "0.1 diverges at once")],
    meta: [0.001, .code(0.001), .code(0.001)])
}
