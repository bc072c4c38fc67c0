/// The methods of Tables 3.1–3.5, in the order of their rows.
package enum ImageMethod: String, CaseIterable, Codable, Sendable {
  /// A random network, trained on the support set alone.
  case trainFromScratch = "TrainFromScratch"
  /// A classifier of all training classes; a new head is trained on the support set.
  case finetuning = "Finetuning"
  /// The same with heads that compare directions.
  case baseline = "Baseline++"
  /// The meta-learner LSTM of Ravi and Larochelle: logarithms and signs, first order.
  case lstm = "LSTM"
  /// The same with raw gradients, second order and eight steps.
  case enhancedLSTM = "enhanced LSTM"
  /// The same to first order, which the paper does not have: inputs and T set apart from the order.
  case rawLSTM = "enhanced LSTM, first order"
  case foMAML = "FO-MAML"
  case maml = "MAML"
  case foTURTLE = "FO-TURTLE"
  case turtle = "TURTLE"

  /// The name in files.
  package var key: String {
    self == .baseline
      ? "baseline-pp"
      : rawValue.lowercased().split { !$0.isLetter }.joined(separator: "-")
  }

  /// The learners that have seen episodes.
  package static let metaLearners: [ImageMethod] = [
    .lstm, .enhancedLSTM, .rawLSTM, .foMAML, .maml, .foTURTLE, .turtle,
  ]
}
