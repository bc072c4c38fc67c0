import Foundation
import Statistics

extension CriterionStatement {
  /// `above 0 points`, `within ±0.15`.
  public var ruleText: String {
    switch rule {
    case .above(let threshold): "above \(text(of: threshold))"
    case .below(let threshold): "below \(text(of: threshold))"
    case .equivalent(let margin): "within ±\(text(of: margin))"
    }
  }

  /// A value as people read it: `1.41 points`.
  public func text(of value: Double, digits: Int = 3) -> String {
    let number = number(value, digits)
    return number + (unit == .points && number == "1" ? " point" : unitText)
  }

  /// An estimate with its interval: `1.41 [-4.99, 7.81] points`, and its level if it is not 95 %.
  public func text(of interval: Interval, digits: Int = 3) -> String {
    guard interval.isBounded else {
      return text(of: interval.estimate, digits: digits) + " [unbounded]"
    }
    let ends = "\(number(interval.lower, digits)), \(number(interval.upper, digits))"
    let level = interval.level == 0.95 ? "" : String(format: " (%.3g %%)", 100 * interval.level)
    return number(interval.estimate, digits) + " [\(ends)]" + unitText + level
  }

  private func number(_ value: Double, _ digits: Int) -> String {
    let isOfHundred = unit == .points || unit == .percent
    return String(format: "%.\(digits)g", isOfHundred ? 100 * value : value)
  }

  private var unitText: String {
    switch unit {
    case .points: " points"
    case .percent: " %"
    case .times: " times"
    case nil: ""
    }
  }
}

extension GateStatement {
  /// What is measured, as people read it: accuracies in per cent.
  public func text(of value: Double) -> String {
    measure == .accuracy
      ? String(format: "%.3g %%", 100 * value) : String(format: "%.3g", value)
  }

  /// What the last quarter of a learning curve gained, if it is too much: in points, or as a share of
  /// the error.
  private func text(ofGain gain: Double) -> String {
    let (unit, of) = measure == .accuracy ? (" points", "") : (" %", " of it")
    return String(
      format: "; its last quarter still gains %.2g%@%@, more than %.2g%@", 100 * gain, unit, of,
      100 * self.gain, unit)
  }

  /// `MAML, CNN(2) reaches 31 % on glyphs; the gate is 60 %`.
  func sentence(_ reading: GateReading) -> String {
    if let arm = reading.arm {
      return "\(arm) reaches \(text(of: reading.value)) on validation"
        + (reading.lastQuarterGain.map(text(ofGain:)) ?? "")
    }
    let place = reading.data.isEmpty ? "" : " on \(reading.data)"
    guard let level = reading.level else { return "no gate was fixed for \(arm)\(place)" }
    var words = "\(arm) reaches \(text(of: reading.value))\(place)"
    let isReached = measure == .accuracy ? reading.value >= level : reading.value <= level
    if !isReached { words += "; the gate is \(text(of: level))" }
    if let gain = reading.lastQuarterGain, !isEnd(gain) {
      words += text(ofGain: gain)
    }
    return words
  }
}
