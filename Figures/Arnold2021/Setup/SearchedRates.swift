import CommonSetup
import DataSets
import Experiments

/// The adaptation rates that `tableD6-rate-search` has chosen; a test holds them to its kept results.
enum SearchedRates {
  /// The rate of a method at a depth.
  static func rate(
    of preset: RatePreset, on set: ImageSet, depth: Int, at budget: Budget
  ) -> Double {
    let own = budget == .overnight ? overnight[set.name]?[preset.name]?[depth] : nil
    guard let rate = own ?? standard[preset.name]?[depth]?[ImageWorld.column(of: set)] else {
      fatalError("no rate of \(preset.name) was searched at depth \(depth)")
    }
    return rate
  }

  /// By method and depth, on the three sets: on stand-ins, at the standard budget with `--seeds 10`.
  private static let standard: [String: [Int: [Double]]] = [
    "maml": [2: [0.3, 0.3, 0.3], 4: [0.1, 0.3, 0.1]],
    "maml-linnet": [2: [0.3, 0.1, 0.1], 4: [0.1, 0.1, 0.1]],
    "maml-meta-sgd": [2: [0.3, 0.1, 0.1], 4: [0.1, 0.1, 0.1]],
    "maml-meta-curvature": [2: [0.1, 0.1, 0.1], 4: [0.1, 0.1, 0.1]],
    "t-nets": [2: [1, 0.3, 0.3], 4: [0.3, 0.3, 0.1]],
    "maml-kfo": [2: [0.3, 0.1, 0.3], 4: [0.1, 0.1, 0.1]],
    "anil": [2: [2, 2, 0.5]],
    "anil-linnet": [2: [0.5, 0.5, 0.1]],
    "anil-meta-sgd": [2: [2, 0.5, 0.5]],
    "anil-meta-curvature": [2: [2, 2, 0.5]],
    "anil-kfo": [2: [0.1, 0.5, 0.1]],
  ]

  /// By set, method and depth: on published images, at the overnight budget.
  ///
  /// Sets that have not been searched there have the rates of `standard`.
  private static let overnight: [String: [String: [Int: Double]]] = [
    "omniglot": [
      "maml": [2: 0.3, 4: 0.1],
      "maml-linnet": [2: 0.3, 4: 0.1],
      "maml-meta-sgd": [2: 1, 4: 0.1],
      "maml-meta-curvature": [2: 1, 4: 0.1],
      "t-nets": [2: 0.3, 4: 0.1],
      "maml-kfo": [2: 0.1, 4: 0.1],
      "anil": [2: 2],
      "anil-linnet": [2: 0.5],
      "anil-meta-sgd": [2: 2],
      "anil-meta-curvature": [2: 2],
      "anil-kfo": [2: 0.5],
    ]
  ]
}
