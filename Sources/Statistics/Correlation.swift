import Foundation

/// The ways in which two series can go together.
public enum Correlation: String, Codable, Sendable {
  /// Pearson's product-moment correlation R.
  case pearson = "Pearson R"
  /// Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank.
  case spearman = "Spearman R"
  /// Pearson's correlation of the series' successive changes.
  ///
  /// Two series that merely drift are strongly correlated by accident; their changes are not.
  case firstDifferences = "R of first differences"

  /// The coefficient in −1...1, or nil where it is undefined because a series is constant.
  public func coefficient(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(
      x.count == y.count, "Correlation: series of \(x.count) and of \(y.count) points")
    switch self {
    case .pearson: return Self.pearson(x, y)
    case .spearman: return Self.pearson(Self.ranks(x), Self.ranks(y))
    case .firstDifferences: return Self.pearson(Self.differences(x), Self.differences(y))
    }
  }

  private static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
    guard let x0 = x.first, let y0 = y.first else { return nil }
    // Tested on the values, since deviations of a constant need not cancel exactly.
    guard x.contains(where: { $0 != x0 }), y.contains(where: { $0 != y0 }) else { return nil }
    let n = Double(x.count)
    let (x̄, ȳ) = (x.reduce(0, +) / n, y.reduce(0, +) / n)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      xx += (a - x̄) * (a - x̄)
      xy += (a - x̄) * (b - ȳ)
      yy += (b - ȳ) * (b - ȳ)
    }
    let r = xy / (xx.squareRoot() * yy.squareRoot())
    return r.isFinite ? min(max(r, -1), 1) : nil
  }

  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }

  private static func differences(_ values: [Double]) -> [Double] {
    zip(values, values.dropFirst()).map { $1 - $0 }
  }
}

extension Correlation {
  /// Fisher's z = artanh R, in which intervals of correlations are symmetric.
  ///
  /// |R| is kept below 1 − 1e-12, so that an exact line has a large z and not an infinite one.
  public static func fisherZ(_ r: Double) -> Double {
    atanh(min(max(r, -1 + 1e-12), 1 - 1e-12))
  }
}

extension Interval {
  /// Fisher's interval of one correlation of n *independent* pairs, tanh(z ± z_α / √(n − 3)).
  ///
  /// Epochs of a curve are not independent: for them there is ``SeedwiseCorrelation``.
  public static func fisher(correlation r: Double, pairs: Int, level: Double = 0.95) -> Interval {
    precondition(pairs > 0 && abs(r) <= 1, "fisher: R = \(r) of \(pairs) pairs")
    let z = Correlation.fisherZ(r)
    let radius =
      pairs > 3 ? Normal.quantile((1 + level) / 2) / Double(pairs - 3).squareRoot() : .infinity
    return Interval(
      estimate: r, lower: min(tanh(z - radius), r), upper: max(tanh(z + radius), r), kind: .fisher,
      level: level, count: pairs)
  }
}
