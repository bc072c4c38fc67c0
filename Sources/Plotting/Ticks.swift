import Foundation

/// Where an axis has its ticks.
struct Ticks: Hashable, Sendable {
  var major: [Double]
  var minor: [Double] = []
  /// Digits after the decimal point that tell neighbours apart.
  var step: Double
}

extension Ticks {
  /// The ticks of a linear axis by the extended Wilkinson algorithm.
  ///
  /// Among labellings j·q·10^z the one with the best score of simplicity, coverage and density,
  /// 0.25 s + 0.2 c + 0.5 d + 0.05 l, where legibility l is 1 as labels are checked afterwards.
  ///
  /// - Reference: Talbot, Lin and Hanrahan, "An Extension of Wilkinson's Algorithm for Positioning
  ///   Tick Labels on Axes", InfoVis 2010.
  static func linear(_ limits: ClosedRange<Double>, count target: Int) -> Ticks {
    let low = limits.lowerBound
    let high = limits.upperBound
    let preferred = [1.0, 5, 2, 2.5, 4, 3]
    let target = Double(max(target, 2))
    var best = (score: -2.0, start: low, step: high - low, count: 2)

    search: for skip in 1...8 {
      for (rank, q) in preferred.enumerated() {
        let simplest = 1 - Double(rank) / Double(preferred.count - 1) - Double(skip) + 1
        if total(simplest + 1, 1, 1) < best.score { break search }
        for count in 2...24 {
          let bound = min(2 - Double(count - 1) / (target - 1), 1)
          if total(simplest + 1, 1, bound) < best.score, Double(count) > target { break }
          let gap = (high - low) / Double(count + 1) / Double(skip) / q
          for power in Int(log10(gap).rounded(.up))..<Int(log10(gap).rounded(.up)) + 3 {
            let unit = q * pow(10, Double(power))
            let step = unit * Double(skip)
            let span = step * Double(count - 1)
            let first = Int((high / unit).rounded(.down)) - (count - 1) * skip
            let last = Int((low / unit).rounded(.up))
            guard first <= last, last - first < 1000 else { continue }
            for multiple in first...last {
              let start = Double(multiple) * unit
              let end = start + span
              // Ticks stay within the axis: its limits are given by the data, not by the ticks.
              guard start >= low - step * 1e-9, end <= high + step * 1e-9 else { continue }
              let hasZero = start <= step * 1e-9 && end >= -step * 1e-9 && multiple % skip == 0
              let score = total(
                simplest + (hasZero ? 1 : 0),
                coverage(low, high, start, end),
                density(Double(count), target, low, high, start, end))
              if score > best.score { best = (score, start, step, count) }
            }
          }
        }
      }
    }
    let ticks = (0..<best.count).map { index in
      let value = best.start + Double(index) * best.step
      return abs(value) < best.step * 1e-9 ? 0 : value
    }
    return Ticks(major: ticks, step: best.step)
  }

  private static func total(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
    0.25 * simplicity + 0.2 * coverage + 0.5 * density + 0.05
  }

  private static func coverage(
    _ low: Double, _ high: Double, _ start: Double, _ end: Double
  ) -> Double {
    let range = 0.1 * (high - low)
    return 1 - 0.5 * (pow(high - end, 2) + pow(low - start, 2)) / pow(range, 2)
  }

  private static func density(
    _ count: Double, _ target: Double, _ low: Double, _ high: Double, _ start: Double, _ end: Double
  ) -> Double {
    let ours = (count - 1) / (end - start)
    let wanted = (target - 1) / (max(end, high) - min(start, low))
    return 2 - max(ours / wanted, wanted / ours)
  }

  /// The ticks of a logarithmic axis: decades with minor ticks at 2…9, or, below two decades,
  /// the round numbers 1, 2 and 5 of each.
  static func logarithmic(_ limits: ClosedRange<Double>, count target: Int) -> Ticks {
    let low = Int(log10(limits.lowerBound).rounded(.down))
    let high = Int(log10(limits.upperBound).rounded(.up))
    func values(_ factors: [Double], every stride: Int = 1) -> [Double] {
      var values: [Double] = []
      for power in low...high where power % stride == 0 {
        values += factors.map { $0 * pow(10, Double(power)) }
      }
      // What rounding leaves outside still counts as an end.
      let (first, last) = (limits.lowerBound * (1 - 1e-9), limits.upperBound * (1 + 1e-9))
      return values.filter { $0 >= first && $0 <= last }
    }
    let decades = values([1])
    let minor = values((2...9).map(Double.init))
    guard decades.count >= 2 else {
      let some = values([1, 2, 5])
      return Ticks(
        major: some.count >= 2 ? some : linear(limits, count: target).major, minor: minor, step: 0)
    }
    var stride = 1
    while decades.count / stride > max(target, 2) { stride += 1 }
    return Ticks(
      major: stride == 1 ? decades : values([1], every: stride),
      minor: stride == 1 ? minor : decades, step: 0)
  }
}
