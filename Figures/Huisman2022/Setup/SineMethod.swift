import MetaLearners
import Networks

/// The methods of Figures 3.2 and 3.3.
package enum SineMethod: Codable, Hashable, Sendable {
  /// Gradient descent with a rate of 0.01.
  case maml(steps: Int, Order)
  /// TURTLE as section 3.5.1 varies it: only the gradient goes in, rates of one.
  case turtle(steps: Int, hiddenLayers: Int, Order)
  /// TURTLE as it is used from there on: five hidden layers, gradient and its history, learned
  /// rates, T = 5, two tasks to an update.
  case finalTURTLE
  /// The meta-learner LSTM of Ravi and Larochelle: logarithms and signs, first order.
  case lstm(steps: Int)
  /// The same with raw gradients and second order.
  case enhancedLSTM(steps: Int)

  /// Whether it is a meta-learner LSTM, which takes far longer than the others.
  package var isLSTM: Bool {
    switch self {
    case .lstm, .enhancedLSTM: true
    case .maml, .turtle, .finalTURTLE: false
    }
  }

  /// The name in legends.
  package var title: String {
    switch self {
    case .maml(let steps, .second): "MAML, T = \(steps)"
    case .maml(let steps, .first): "first-order MAML, T = \(steps)"
    case .turtle(let steps, let layers, let order):
      "\(order.rawValue)-order TURTLE, T = \(steps), \(layers) hidden layers"
    case .finalTURTLE: "TURTLE"
    case .lstm: "meta-learner LSTM"
    case .enhancedLSTM: "enhanced LSTM"
    }
  }

  /// The name and T, on two lines.
  package var shortTitle: String {
    switch self {
    case .maml(let steps, _): "MAML\nT = \(steps)"
    case .turtle(let steps, _, _): "TURTLE\nT = \(steps)"
    case .finalTURTLE: "TURTLE\nT = 5"
    case .lstm(let steps): "LSTM\nT = \(steps)"
    case .enhancedLSTM(let steps): "enhanced\nLSTM, T = \(steps)"
    }
  }

  /// The short name in files: `maml-t5-second`.
  package var name: String {
    switch self {
    case .maml(let steps, let order): "maml-t\(steps)-\(order.rawValue)"
    case .turtle(let steps, let layers, let order):
      "turtle-t\(steps)-\(layers)-layers-\(order.rawValue)"
    case .finalTURTLE: "turtle"
    case .lstm: "lstm"
    case .enhancedLSTM: "enhanced-lstm"
    }
  }

  /// The milliseconds that a task takes on one core, as measured on a server of 2024.
  func milliseconds(within settings: SineProtocol) -> Double {
    let size = Double(settings.weightCount) / 1761
    func turtle(_ steps: Int, _ layers: Int) -> Double {
      0.1 + size * Double(steps) * (0.04 + 0.12 * Double(layers))
    }
    return switch self {
    case .maml(let steps, _): 0.08 + 0.015 * Double(steps)
    case .turtle(let steps, let layers, _): turtle(steps, layers)
    case .finalTURTLE: turtle(5, 5)
    case .lstm, .enhancedLSTM:
      0.2 + 3 * size * Double(settings.lstmSteps * settings.lstmUnits) / 20
    }
  }
}
