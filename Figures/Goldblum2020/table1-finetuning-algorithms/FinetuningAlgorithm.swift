/// What fits an extractor to an episode: a column of Table 1.
enum FinetuningAlgorithm: String, CaseIterable, Codable, Sendable {
  case machine
  case ridge
  case prototypes
  case maml

  var title: String {
    switch self {
    case .machine: "SVM"
    case .ridge: "RR"
    case .prototypes: "ProtoNet"
    case .maml: "MAML"
    }
  }

  /// What validation chooses among: around the published C and λ, since kernels grow with the width
  /// of a network; and the rates of ``FinetuningFit/descent(rate:)``.
  var candidates: [FinetuningFit] {
    switch self {
    case .machine: [0.01, 0.1, 1, 10].map(FinetuningFit.machine(cost:))
    case .ridge: [0.5, 5, 50, 500].map(FinetuningFit.ridge)
    case .prototypes: [.prototypes]
    case .maml: [0.01, 0.05, 0.1, 0.5].map(FinetuningFit.descent(rate:))
    }
  }
}

/// A fine-tuning algorithm in one of its settings.
enum FinetuningFit: Codable, Hashable, Sendable {
  case machine(cost: Double)
  case ridge(Double)
  case prototypes
  case descent(rate: Double)

  /// C, λ or the rate; prototypes have nothing to set.
  var setting: Double? {
    switch self {
    case .machine(let value), .ridge(let value), .descent(let value): value
    case .prototypes: nil
    }
  }

  /// The steps of gradient descent.
  static let steps = 10
}
