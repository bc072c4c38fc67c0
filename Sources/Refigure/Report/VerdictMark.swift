import Claims

/// A verdict as it is shown: a sign and words, and a style beside them.
struct VerdictMark {
  let sign: String
  let words: String
  /// The class in the style sheet.
  let style: String

  init(_ verdict: Verdict, _ obstacle: Obstacle? = nil) {
    words = verdict.rawValue + (obstacle.map { " (\($0.rawValue))" } ?? "")
    (sign, style) =
      switch verdict {
      case .reproduced: ("✓", "reproduced")
      case .partly: ("◐", "partly")
      case .notReproduced: ("✗", "refuted")
      case .inconclusive: ("?", "open")
      case .notTestable: ("–", "untestable")
      }
  }
}
