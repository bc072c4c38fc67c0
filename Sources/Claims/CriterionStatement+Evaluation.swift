import Foundation
import Statistics

extension CriterionStatement {
  /// What the numbers say on this criterion alone.
  ///
  /// - Parameters:
  ///   - evidence: What was measured.
  ///   - isPapersProtocol: Whether excluding the paper's effect refutes.
  /// - Returns: The numbers, and what they say.
  func part(on evidence: Evidence, isPapersProtocol: Bool) -> Finding.Part {
    switch evidence {
    case .seeds(let values): part(on: values, isPapersProtocol: isPapersProtocol)
    case .exact(let values): part(onExact: values)
    case .undefined(let reason):
      Finding.Part(criterion: self, verdict: .inconclusive, count: 0, reason: reason)
    }
  }

  private func part(on values: PerSeed<Double>, isPapersProtocol: Bool) -> Finding.Part {
    guard values.count > 0, values.values.allSatisfy(\.isFinite) else {
      return Finding.Part(
        criterion: self, verdict: .inconclusive, count: values.count,
        reason: "a seed's value is not finite")
    }
    let sample = values.map(averaged)
    let interval = sample.interval(level: intervalLevel)
    var part = Finding.Part(
      criterion: self, verdict: .inconclusive, effect: reported(interval.estimate),
      interval: scale == .linear ? interval : interval.mapped(as: .fisherOverSeeds, reported),
      count: sample.count, p: pValue(for: sample),
      pAgainst: pValue(against: sample, isPapersProtocol: isPapersProtocol),
      perSeed: values)
    part.judge()
    return part
  }

  /// Exact values pass or fail; the one that comes nearest to failing is the effect.
  ///
  /// An infinite one can fail, and passes for nothing.
  private func part(onExact values: [Double]) -> Finding.Part {
    let slack: (Double) -> Double =
      switch rule {
      case .above(let threshold): { $0 - threshold }
      case .below(let threshold): { threshold - $0 }
      case .equivalent(let margin): { margin - abs($0) }
      }
    guard let worst = values.min(by: { slack($0) < slack($1) }),
      values.allSatisfy(\.isFinite)
        || slack(worst) == -.infinity && !values.contains(where: \.isNaN)
    else {
      return Finding.Part(
        criterion: self, verdict: .inconclusive, count: values.count,
        reason: values.isEmpty ? "no values" : "a value is not finite")
    }
    return Finding.Part(
      criterion: self, verdict: slack(worst) > 0 ? .reproduced : .notReproduced, effect: worst,
      count: values.count)
  }

  /// The level of the interval that decides: two one-sided tests at 5 % are an interval of 90 %.
  private var intervalLevel: Double {
    if case .equivalent = rule { return 1 - 2 * ClaimStatement.significance }
    return 1 - ClaimStatement.significance
  }

  /// How likely numbers this far in the rule's favour are if it does not hold.
  private func pValue(for sample: PerSeed<Double>) -> Double {
    if let holds = holdsExactly(for: sample) { return holds ? 0 : 1 }
    return switch rule {
    case .above(let threshold):
      twoSided(sample.tTest(against: averaged(threshold), alternative: .greater))
    case .below(let threshold):
      twoSided(sample.tTest(against: averaged(threshold), alternative: .less))
    case .equivalent(let margin): sample.equivalenceTest(margin: averaged(margin)).p
    }
  }

  /// How likely numbers this far against the rule are if the paper is right: if the mean is at the
  /// threshold, or where the runs are the paper's own, at its effect.
  private func pValue(against sample: PerSeed<Double>, isPapersProtocol: Bool) -> Double {
    if let holds = holdsExactly(for: sample) { return holds ? 1 : 0 }
    let papers = isPapersProtocol ? paperEffect : nil
    switch rule {
    case .above(let threshold):
      return twoSided(
        sample.tTest(
          against: averaged(max(threshold, papers ?? threshold)), alternative: .less))
    case .below(let threshold):
      return twoSided(
        sample.tTest(
          against: averaged(min(threshold, papers ?? threshold)), alternative: .greater))
    case .equivalent(let margin):
      let above = sample.tTest(against: averaged(margin), alternative: .greater)
      let below = sample.tTest(against: averaged(-margin), alternative: .less)
      return min(twoSided(above), twoSided(below))
    }
  }

  /// Whether the rule holds for seeds that agree to the bit, as where nothing moved at all: they leave
  /// no chance to speak of.
  private func holdsExactly(for sample: PerSeed<Double>) -> Bool? {
    guard sample.count > 1, sample.standardDeviation == 0 else { return nil }
    let mean = sample.mean
    return switch rule {
    case .above(let threshold): mean > averaged(threshold)
    case .below(let threshold): mean < averaged(threshold)
    case .equivalent(let margin): abs(mean) < averaged(margin)
    }
  }

  /// Both directions count, as in a two-sided interval.
  private func twoSided(_ test: TTest) -> Double { min(1, 2 * test.p) }

  /// From the values' scale to that of their mean.
  func averaged(_ value: Double) -> Double {
    scale == .linear ? value : Correlation.fisherZ(value)
  }

  /// From the mean's scale back to that of the values.
  func reported(_ value: Double) -> Double { scale == .linear ? value : tanh(value) }
}

extension Finding.Part {
  /// The verdict that the p values give, before any correction.
  fileprivate mutating func judge() {
    guard let p, let pAgainst else { return }
    if p < ClaimStatement.significance {
      verdict = .reproduced
    } else if pAgainst < ClaimStatement.significance {
      verdict = .notReproduced
    }
  }
}
