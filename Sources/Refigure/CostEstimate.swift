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
}
