import CommonSetup
import DataSets

/// A trained backbone of the paper's tables.
package struct Extractor: Codable, Hashable, Sendable {
  /// The network.
  package enum Network: String, CaseIterable, Codable, Sendable {
    /// Four convolutional blocks.
    case r2d2
    /// ResNet-12, which the paper calls the backbone of MetaOptNet.
    case resNet12 = "metaOptNet"

    /// The name beside that of a training.
    package var title: String {
      switch self {
      case .r2d2: "R2-D2"
      case .resNet12: "ResNet-12"
      }
    }

    /// The name in the paper's tables.
    package var paperTitle: String {
      switch self {
      case .r2d2: "R2-D2"
      case .resNet12: "MetaOptNet"
      }
    }
  }

  /// How it was trained.
  package enum Routine: String, CaseIterable, Codable, Sendable {
    /// Meta-learned with ridge regression.
    case ridge
    /// Meta-learned with a support vector machine.
    case machine
    /// As the body of a classifier.
    case classical
    /// As the body of a classifier with feature clustering.
    case clustering
    /// As the body of a classifier with hyperplane invariance.
    case hyperplanes

    /// The name in the paper's tables.
    package var title: String {
      switch self {
      case .ridge: "R2-D2"
      case .machine: "MetaOptNet-SVM"
      case .classical: "Classical"
      case .clustering: "Classical with R_FC"
      case .hyperplanes: "Classical with R_HV"
      }
    }

    /// Whether episodes are what it learns from.
    package var isMetaLearned: Bool { self == .ridge || self == .machine }
  }

  /// The data set.
  package var set: ImageSet
  package var network: Network
  /// The training.
  package var routine: Routine

  /// A network trained somehow on a data set.
  package init(_ set: ImageSet, _ network: Network, _ routine: Routine) {
    self.set = set
    self.network = network
    self.routine = routine
  }

  /// `miniImageNet-r2d2-classical`, for names of metrics.
  package var key: String { "\(set.name)-\(network.rawValue)-\(routine.rawValue)" }

  /// The same network on the same data, trained otherwise.
  package func trained(_ routine: Routine) -> Extractor { Extractor(set, network, routine) }

  /// `MetaOptNet-M` and so on: the name in Table 2, where a network goes with its own meta-learner.
  package var separationTitle: String? {
    switch (routine, network) {
    case (.ridge, .r2d2), (.machine, .resNet12): network.paperTitle + "-M"
    case (.classical, _): network.paperTitle + "-C"
    default: nil
    }
  }
}
