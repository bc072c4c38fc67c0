/// A way to help a shallow network meta-learn: the columns of Tables 1–3 and B.4.
public enum Method: String, CaseIterable, Codable, Sendable {
  /// Nothing but the inner loop.
  case null
  /// Two linear layers after the features.
  case linNet
  /// A rate for every weight.
  case metaSGD
  /// A matrix for every axis of every weight.
  case metaCurvature
  /// Linear maps between the layers.
  case tNets
  /// A network that transforms gradients.
  case metaKFO

  /// The name in the paper's tables.
  public func title(_ family: Family) -> String {
    switch (self, family) {
    case (.null, .maml): "MAML"
    case (.null, .anil): "ANIL"
    case (.linNet, .maml): "MAML with LinNet"
    case (.linNet, .anil): "ANIL with LinNet"
    case (.metaSGD, _): "Meta-SGD"
    case (.metaCurvature, _): "Meta-Curvature"
    case (.tNets, _): "T-Nets"
    case (.metaKFO, .maml): "Meta-KFO"
    case (.metaKFO, .anil): "KFO"
    }
  }
}

/// Which layers the inner loop adapts.
public enum Family: String, CaseIterable, Codable, Sendable {
  /// All.
  case maml
  /// The head.
  case anil
}

/// The learning rates of a method on a data set.
public struct Rates: Codable, Hashable, Sendable {
  /// α, of the inner loop.
  public var adaptation: Double
  /// β, of Adam outside.
  public var meta: Double

  /// A pair of rates.
  public init(adaptation: Double, meta: Double) {
    self.adaptation = adaptation
    self.meta = meta
  }

  /// The rates of Tables D.6 and D.7 for CNN(2).
  ///
  /// T-Nets and deeper networks have none in the paper; they take those of the plain method. Where
  /// D.7 is not legible, CIFAR-FS and mini-ImageNet take Meta-Curvature's 0.003 and 0.001 and the
  /// published code's 0.0005 (Meta-KFO) and 0.001 (ANIL). D.6 has 0.001 for mini-ImageNet with
  /// pixels up to 255; with pixels up to 1 the rate is 0.05 here.
  public static func paper(_ method: Method, _ family: Family, on set: ImageSet) -> Rates {
    let (adaptation, meta) = table(method, family)
    return Rates(adaptation: adaptation[set.index], meta: meta[set.index])
  }

  private static func table(
    _ method: Method, _ family: Family
  ) -> (adaptation: [Double], meta: [Double]) {
    switch (family, method) {
    case (.maml, .null), (.maml, .tNets): ([0.08, 0.07, 0.05], [0.003, 0.003, 0.0005])
    case (.maml, .linNet): ([0.05, 0.01, 0.05], [0.003, 0.003, 0.0005])
    case (.maml, .metaSGD): ([0.5, 0.7, 0.1], [0.0005, 0.001, 0.001])
    case (.maml, .metaCurvature): ([0.5, 0.7, 0.05], [0.003, 0.003, 0.001])
    case (.maml, .metaKFO): ([0.1, 0.1, 0.05], [0.003, 0.0005, 0.0005])
    case (.anil, .null), (.anil, .tNets): ([0.5, 0.5, 0.5], [0.001, 0.002, 0.001])
    case (.anil, .linNet): ([0.5, 0.5, 0.5], [0.003, 0.001, 0.001])
    case (.anil, .metaSGD): ([0.05, 0.1, 0.1], [0.001, 0.001, 0.001])
    case (.anil, .metaCurvature): ([0.05, 0.1, 0.1], [0.001, 0.001, 0.001])
    case (.anil, .metaKFO): ([0.1, 0.1, 0.1], [0.001, 0.001, 0.001])
    }
  }

  /// The rates of Table D.5 for softmax regression, as it is or with linear layers before it.
  public static func linear(isDeep: Bool, on set: ImageSet) -> Rates {
    switch (set, isDeep) {
    case (.omniglot, false): Rates(adaptation: 1, meta: 0.0005)
    case (.omniglot, true): Rates(adaptation: 0.08, meta: 0.0005)
    case (.cifarFS, false): Rates(adaptation: 0.01, meta: 0.0005)
    case (.cifarFS, true): Rates(adaptation: 0.02, meta: 0.0001)
    case (.miniImageNet, _): Rates(adaptation: 0.01, meta: 0.0005)
    }
  }
}
