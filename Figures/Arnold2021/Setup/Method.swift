/// A way to help a shallow network meta-learn: the columns of Tables 1–3 and B.4.
package enum Method: String, CaseIterable, Codable, Sendable {
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
  package func title(_ family: Family) -> String {
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
package enum Family: String, CaseIterable, Codable, Sendable {
  /// All.
  case maml
  /// The head.
  case anil
}
