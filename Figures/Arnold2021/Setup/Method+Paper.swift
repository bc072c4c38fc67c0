import DataSets

extension Method {
  /// What the method reaches on CNN(2) in Tables 2, 3 and B.4; nothing where the text at hand is not
  /// legible, or has no such column.
  package func paperAccuracy(_ family: Family, on set: ImageSet) -> Double? {
    let rows: [String: [ImageSet: Double]] =
      family == .maml
      ? [
        "null": [.omniglot: 0.666, .cifarFS: 0.622, .miniImageNet: 0.526],
        "metaSGD": [.omniglot: 0.7407, .cifarFS: 0.6282, .miniImageNet: 0.599],
        "metaCurvature": [.cifarFS: 0.6837],
        "tNets": [.omniglot: 0.9227, .cifarFS: 0.6642, .miniImageNet: 0.5847],
        "metaKFO": [.omniglot: 0.9662, .cifarFS: 0.6964, .miniImageNet: 0.5908],
      ]
      : [
        "null": [.omniglot: 0.91, .cifarFS: 0.661, .miniImageNet: 0.5642],
        "linNet": [.omniglot: 0.9302, .cifarFS: 0.6755, .miniImageNet: 0.5664],
        "metaSGD": [.omniglot: 0.9247, .cifarFS: 0.6755, .miniImageNet: 0.5745],
        "metaCurvature": [.omniglot: 0.9267, .cifarFS: 0.6743, .miniImageNet: 0.5907],
        "metaKFO": [.omniglot: 0.944, .cifarFS: 0.6881, .miniImageNet: 0.6265],
      ]
    return rows[rawValue]?[set]
  }

  /// The mean over data sets of what the method gains over another on CNN(2) in the paper; nothing
  /// unless all of it is legible.
  package func paperGain(over other: Method, _ family: Family, on sets: [ImageSet]) -> Double? {
    let gains = sets.compactMap { set in
      paperAccuracy(family, on: set).flatMap { accuracy in
        other.paperAccuracy(family, on: set).map { accuracy - $0 }
      }
    }
    guard !gains.isEmpty, gains.count == sets.count else { return nil }
    return gains.reduce(0, +) / Double(gains.count)
  }
}
