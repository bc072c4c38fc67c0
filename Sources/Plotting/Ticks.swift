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
  /// Among the multiples of q·10^z within the limits, the set with the best score of simplicity,
  /// coverage and density, 0.25 s + 0.2 c + 0.5 d + 0.05 l; legibility l is 1, as labels are
  /// measured afterwards. Only whole multiples of the step are tried (j = 1 in the paper), because
  /// 0.03, 0.09, 0.15 is even but hard to read.
  ///
  /// - Parameters:
  ///   - limits: The ends of the axis, which the ticks do not exceed.
  ///   - target: The count of ticks that would be best.
  /// - Returns: At least three ticks, or two where no more than two are wanted; unless the limits are
  ///   too narrow for numbers.
  ///
  /// - Reference: Talbot, Lin and Hanrahan, "An Extension of Wilkinson's Algorithm for Positioning
  ///   Tick Labels on Axes", InfoVis 2010.
  static func linear(_ limits: ClosedRange<Double>, count target: Int) -> Ticks {
    let low = limits.lowerBound
    let high = limits.upperBound
    let preferred = [1.0, 5, 2, 2.5, 4, 3]
    let least = fewest(target)
    let target = Double(max(target, 2))
    var best = (score: -Double.infinity, first: low, step: high - low, count: 2)
    let scale = Int(log10(high - low).rounded(.down))

    for (rank, q) in preferred.enumerated() {
      for power in scale - 2...scale + 1 {
        let step = q * pow(10, Double(power))
        let first = ((low / step) - 1e-9).rounded(.up)
        let last = ((high / step) + 1e-9).rounded(.down)
        let count = Int(last - first) + 1
        guard count >= least, count <= 60 else { continue }
        let hasZero = first <= 0 && last >= 0
        let simplicity = 1 - Double(rank) / Double(preferred.count - 1) + (hasZero ? 1 : 0)
        let score = total(
          simplicity, coverage(low, high, first * step, last * step),
          density(Double(count), target, low, high, first * step, last * step))
        if score > best.score { best = (score, first * step, step, count) }
      }
    }
    let ticks = (0..<best.count).map { index in
      let value = best.first + Double(index) * best.step
      return abs(value) < best.step * 1e-9 ? 0 : value
    }
    return Ticks(major: ticks, step: best.step)
  }

  /// Two ticks leave open what lies between them; they are enough only where there is no room.
  private static func fewest(_ target: Int) -> Int { target < 3 ? 2 : 3 }

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

  /// The ticks of a logarithmic axis: decades with minor ticks at 2…9, or, where these are too few,
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
    let least = fewest(target)
    guard decades.count >= least else {
      let some = values([1, 2, 5])
      return Ticks(
        major: some.count >= least ? some : linear(limits, count: target).major, minor: minor,
        step: 0)
    }
    var stride = 1
    while decades.count / stride > max(target, 2), values([1], every: stride + 1).count >= least {
      stride += 1
    }
    return Ticks(
      major: stride == 1 ? decades : values([1], every: stride),
      minor: stride == 1 ? minor : decades, step: 0)
  }
}
