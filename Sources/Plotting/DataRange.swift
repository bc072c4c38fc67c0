/// What an axis must show.
public struct DataRange: Hashable, Sendable {
  var limits: ClosedRange<Double>?
  /// The least number that a logarithmic axis can show.
  var leastPositive: Double?
  /// A value that data stand on, as bars on zero: no space beyond it.
  var baseline: Double?
  /// Whether the limits are the data's own, as for heatmaps.
  var isTight = false

  /// No demand.
  public static let none = DataRange([])

  /// The least and the greatest finite number.
  public init(_ values: some Sequence<Double>) {
    for value in values where value.isFinite {
      limits = min(limits?.lowerBound ?? value, value)...max(limits?.upperBound ?? value, value)
      if value > 0 { leastPositive = min(leastPositive ?? value, value) }
    }
  }

  /// The range that satisfies both.
  func union(_ other: DataRange) -> DataRange {
    var result = DataRange(
      [limits, other.limits].compactMap(\.self).flatMap { [$0.lowerBound, $0.upperBound] })
    result.leastPositive = [leastPositive, other.leastPositive].compactMap(\.self).min()
    result.baseline = baseline ?? other.baseline
    result.isTight = isTight || other.isTight
    return result
  }

  /// The limits that an axis of the given spacing can show.
  func limits(on spacing: Spacing) -> ClosedRange<Double>? {
    guard spacing == .logarithmic, let limits, limits.lowerBound <= 0 else { return limits }
    return leastPositive.map { $0...max(limits.upperBound, $0) }
  }
}
