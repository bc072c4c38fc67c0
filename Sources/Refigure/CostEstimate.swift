/// What a run is likely to take on one core, and how well that is known.
struct CostEstimate: Equatable, CustomStringConvertible {
  var seconds: Double
  /// Whether it comes of a run of another size.
  var isScaled = false
  /// Whether there is something to do of a kind that nobody has timed.
  var isLeast = false

  /// `about 3 min`, `estimated 3 h` or `estimated at least 3 h`.
  var description: String {
    guard isScaled else { return Spoken.about(seconds) }
    return "estimated \(isLeast ? "at least " : "")\(Spoken.seconds(seconds))"
  }

  /// The estimates of several runs together.
  static func sum(_ estimates: [CostEstimate]) -> CostEstimate {
    CostEstimate(
      seconds: estimates.reduce(0) { $0 + $1.seconds },
      isScaled: estimates.contains(where: \.isScaled),
      isLeast: estimates.contains(where: \.isLeast))
  }

  /// The time of a figure's runs, from what the same figure took at another size.
  ///
  /// What is trained is compared, if anything is, since measuring takes less. What is of no kind that
  /// there is among the known is left out; nothing is said where that is all.
  static func scaling(
    _ seconds: Double, of known: [FlatJSON], to wanted: [FlatJSON]
  ) -> CostEstimate? {
    func scales(_ runs: [FlatJSON]) -> [RunScale] {
      let all = runs.compactMap { RunScale(of: $0) }
      var seen: Set<[String: String]> = []
      let trainings = all.filter { $0.trained.map { seen.insert($0).inserted } ?? false }
      return (trainings.isEmpty ? all : trainings).filter { $0.size > 0 }
    }
    let (old, new) = (scales(known), scales(wanted))
    let alike = new.filter { run in old.contains { $0.ratio(of: run) != nil } }
    guard !alike.isEmpty else { return nil }
    let size = old.reduce(0) { $0 + $1.size }
    return CostEstimate(
      seconds: seconds * alike.reduce(0) { $0 + $1.size } / size, isScaled: true,
      isLeast: alike.count < new.count)
  }

  /// A time divided among what some runs train, by its size.
  ///
  /// Measuring counts to the training that it is about, and the same training has the same key wherever
  /// it is asked for. Where nothing is trained, all runs take the same.
  static func parts(of seconds: Double, among runs: [FlatJSON]) -> [[String: String]: Double] {
    var sizes: [[String: String]: Double] = [:]
    for scale in runs.compactMap({ RunScale(of: $0) }) where scale.size > 0 {
      if let trained = scale.trained { sizes[trained] = scale.size }
    }
    if sizes.isEmpty { for run in runs { sizes[run.leaves] = 1 } }
    let size = sizes.values.reduce(0, +)
    return sizes.mapValues { seconds * $0 / size }
  }

  /// What several figures take together, of each of which ``parts(of:among:)`` are known: what they
  /// share is done once, and where they differ on what it takes, the most counts.
  static func together(_ parts: [[[String: String]: Double]]) -> Double {
    parts.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: max) }.values.reduce(0, +)
  }
}
