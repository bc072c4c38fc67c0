import Foundation
import Statistics

extension CriterionStatement {
  /// The criterion's verdict on what was measured.
  func part(on evidence: Evidence) -> Finding.Part {
    switch evidence {
    case .seeds(let values): part(on: values)
    case .exact(let values): part(onExact: values)
    case .interval(let interval, let p):
      Finding.Part(
        criterion: self, verdict: verdict(on: interval, isEquivalent: isWithinMargin(interval)),
        effect: interval.estimate, interval: interval, count: interval.count, p: p)
    case .undefined(let reason):
      Finding.Part(criterion: self, verdict: .inconclusive, count: 0, reason: reason)
    }
  }

  private func part(on values: PerSeed<Double>) -> Finding.Part {
    guard values.count > 0, values.values.allSatisfy(\.isFinite) else {
      return Finding.Part(
        criterion: self, verdict: .inconclusive, count: values.count,
        reason: "a seed's value is not finite")
    }
    let sample = values.map(averaged)
    let interval =
      scale == .linear
      ? sample.interval() : sample.studentInterval().mapped(as: .fisherOverSeeds, reported)
    let p = pValue(of: sample)
    let detectable = minimalDetectableEffect(
      count: sample.count, standardDeviation: sample.standardDeviation)
    var part = Finding.Part(
      criterion: self,
      verdict: verdict(on: interval, isEquivalent: p < ClaimStatement.significance),
      effect: interval.estimate, interval: interval, count: sample.count, p: p,
      minimalDetectableEffect: detectable.isFinite ? reported(detectable) : nil, perSeed: values)
    if values.count < ClaimStatement.minimumSeeds {
      part.verdict = .notTestable
      part.reason =
        "\(values.count) seeds; a claim is judged on at least \(ClaimStatement.minimumSeeds)"
    }
    return part
  }

  /// Exact values pass or fail; the one that comes nearest to failing is the effect.
  private func part(onExact values: [Double]) -> Finding.Part {
    let slack: (Double) -> Double =
      switch rule {
      case .above(let threshold): { $0 - threshold }
      case .below(let threshold): { threshold - $0 }
      case .equivalent(let margin): { margin - abs($0) }
      }
    guard let worst = values.min(by: { slack($0) < slack($1) }), values.allSatisfy(\.isFinite)
    else {
      return Finding.Part(
        criterion: self, verdict: .inconclusive, count: values.count,
        reason: values.isEmpty ? "no values" : "a value is not finite")
    }
    return Finding.Part(
      criterion: self, verdict: slack(worst) > 0 ? .reproduced : .notReproduced, effect: worst,
      count: values.count)
  }

  private func verdict(on interval: Interval, isEquivalent: Bool) -> Verdict {
    switch rule {
    case .above(let threshold):
      if interval.isAbove(threshold) { return .reproduced }
      let missesPaper = paperEffect.map { $0 > threshold && interval.isBelow($0) } ?? false
      return interval.upper <= threshold || missesPaper ? .notReproduced : .inconclusive
    case .below(let threshold):
      if interval.isBelow(threshold) { return .reproduced }
      let missesPaper = paperEffect.map { $0 < threshold && interval.isAbove($0) } ?? false
      return interval.lower >= threshold || missesPaper ? .notReproduced : .inconclusive
    case .equivalent(let margin):
      if isEquivalent { return .reproduced }
      return interval.isAbove(margin) || interval.isBelow(-margin) ? .notReproduced : .inconclusive
    }
  }

  private func isWithinMargin(_ interval: Interval) -> Bool {
    guard case .equivalent(let margin) = rule else { return false }
    return interval.isWithin(margin: margin)
  }

  private func pValue(of sample: PerSeed<Double>) -> Double {
    switch rule {
    case .above(let threshold):
      min(1, 2 * sample.tTest(against: averaged(threshold), alternative: .greater).p)
    case .below(let threshold):
      min(1, 2 * sample.tTest(against: averaged(threshold), alternative: .less).p)
    case .equivalent(let margin): sample.equivalenceTest(margin: averaged(margin)).p
    }
  }

  /// From the values' scale to that of their mean.
  private func averaged(_ value: Double) -> Double {
    scale == .linear ? value : Correlation.fisherZ(value)
  }

  /// From the mean's scale back to that of the values.
  private func reported(_ value: Double) -> Double { scale == .linear ? value : tanh(value) }
}
