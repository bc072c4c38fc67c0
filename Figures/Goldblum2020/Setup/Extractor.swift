import CommonSetup

/// A trained backbone of the paper's tables.
public struct Extractor: Codable, Hashable, Sendable {
  /// The network.
  public enum Network: String, CaseIterable, Codable, Sendable {
    /// Four convolutional blocks.
    case r2d2
    /// ResNet-12, which the paper calls the backbone of MetaOptNet.
    case resNet12 = "metaOptNet"

    /// The name beside that of a training.
    public var title: String {
      switch self {
      case .r2d2: "R2-D2"
      case .resNet12: "ResNet-12"
      }
    }

    /// The name in the paper's tables.
    public var paperTitle: String {
      switch self {
      case .r2d2: "R2-D2"
      case .resNet12: "MetaOptNet"
      }
    }
  }

  /// How it was trained.
  public enum Routine: String, CaseIterable, Codable, Sendable {
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
    public var title: String {
      switch self {
      case .ridge: "R2-D2"
      case .machine: "MetaOptNet-SVM"
      case .classical: "Classical"
      case .clustering: "Classical with R_FC"
      case .hyperplanes: "Classical with R_HV"
      }
    }

    /// Whether episodes are what it learns from.
    public var isMetaLearned: Bool { self == .ridge || self == .machine }
  }

  /// The data set.
  public var set: ImageSet
  /// The network.
  public var network: Network
  /// The training.
  public var routine: Routine

  /// A network trained somehow on a data set.
  public init(_ set: ImageSet, _ network: Network, _ routine: Routine) {
    self.set = set
    self.network = network
    self.routine = routine
  }

  /// `miniImageNet-r2d2-classical`, for names of metrics.
  public var key: String { "\(set.rawValue)-\(network.rawValue)-\(routine.rawValue)" }

  /// `MetaOptNet-M` and so on: the name in Table 2, where a network goes with its own meta-learner.
  public var separationTitle: String? {
    switch (routine, network) {
    case (.ridge, .r2d2), (.machine, .resNet12): network.paperTitle + "-M"
    case (.classical, _): network.paperTitle + "-C"
    default: nil
    }
  }
}
