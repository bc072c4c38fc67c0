/// What a run is likely to take on one core, and how well that is known.
struct CostEstimate: Equatable, CustomStringConvertible {
  var seconds: Double
  /// Whether it comes of a run of another size.
  var isScaled = false

  /// `about 3 min`, or `estimated 3 h`.
  var description: String {
    isScaled ? "estimated \(Spoken.seconds(seconds))" : Spoken.about(seconds)
  }

  /// The estimates of several runs together.
  static func sum(_ estimates: [CostEstimate]) -> CostEstimate {
    CostEstimate(
      seconds: estimates.reduce(0) { $0 + $1.seconds },
      isScaled: estimates.contains(where: \.isScaled))
  }

  /// The time of a figure's runs, from what the same figure took at another size.
  ///
  /// What is trained is compared, if anything is, since measuring takes less; all of it has to be of
  /// kinds that there are among the known.
  static func scaling(
    _ seconds: Double, of known: [FlatJSON], to wanted: [FlatJSON]
  ) -> CostEstimate? {
    func scales(_ runs: [FlatJSON]) -> [RunScale] {
      let all = runs.compactMap { RunScale(of: $0) }
      return all.contains(where: \.isTraining) ? all.filter(\.isTraining) : all
    }
    let (old, new) = (scales(known), scales(wanted))
    let size = old.reduce(0) { $0 + $1.size }
    guard size > 0, !new.isEmpty,
      new.allSatisfy({ run in old.contains { $0.ratio(of: run) != nil } })
    else { return nil }
    return CostEstimate(
      seconds: seconds * new.reduce(0) { $0 + $1.size } / size, isScaled: true)
  }
}
