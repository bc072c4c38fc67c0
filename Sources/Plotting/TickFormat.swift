import Foundation

/// How the numbers of an axis are written.
public enum NumberStyle: Sendable {
  /// As few digits as tell the ticks apart; a common power of ten goes to the axis' label.
  case automatic
  /// 0.95 as "95 %".
  case percent
}

/// The texts of an axis' ticks, and the power of ten they have in common.
struct TickTexts: Hashable {
  var texts: [String]
  /// Zero when the numbers are written out.
  var exponent = 0

  init(_ ticks: Ticks, spacing: Spacing, style: NumberStyle) {
    if spacing == .logarithmic, style == .automatic {
      let arePowers = ticks.major.allSatisfy(Self.isPower)
      texts = ticks.major.map { arePowers ? Self.power($0) : Self.writtenOut($0) }
      return
    }
    if style == .percent {
      texts = ticks.major.map { Self.decimal($0 * 100, step: ticks.step * 100) + "\u{202F}%" }
      return
    }
    let largest = ticks.major.map(abs).max() ?? 0
    if largest > 0, largest >= 1e5 || largest < 1e-3 {
      exponent = Int(log10(largest).rounded(.down))
    }
    let factor = pow(10, Double(-exponent))
    texts = ticks.major.map { Self.decimal($0 * factor, step: ticks.step * factor) }
  }

  /// A number with the digits that a step needs, and a true minus sign.
  static func decimal(_ value: Double, step: Double) -> String {
    var digits = 0
    var scaled = step
    // A step that is far smaller than one needs its zeros too, or all ticks would look alike.
    let most = step == 0 ? 0 : max(9, 3 - Int(log10(abs(step)).rounded(.down)))
    while digits < most,
      scaled.rounded() == 0 || abs(scaled - scaled.rounded()) > 1e-6 * max(abs(scaled), 1e-3)
    {
      digits += 1
      scaled = step * pow(10, Double(digits))
    }
    return fixed(value, digits: digits)
  }

  /// A number with a given count of decimals, and a true minus sign.
  static func fixed(_ value: Double, digits: Int) -> String {
    let text = String(format: "%.\(digits)f", locale: Locale(identifier: "en_US_POSIX"), value)
    guard text.hasPrefix("-") else { return text }
    let isZero = text.dropFirst().allSatisfy { $0 == "0" || $0 == "." }
    return isZero ? String(text.dropFirst()) : "−" + text.dropFirst()
  }

  private static func isPower(_ value: Double) -> Bool {
    abs(log10(value) - log10(value).rounded()) < 1e-9
  }

  /// 1000 as "10^{3}".
  private static func power(_ value: Double) -> String {
    "10^{\(superscript(Int(log10(value).rounded())))}"
  }

  /// A number with as many digits as it has, where that is short.
  private static func writtenOut(_ value: Double) -> String {
    guard value < 1e-3 || value >= 1e5 else { return decimal(value, step: value) }
    if isPower(value) { return power(value) }
    let exponent = log10(value).rounded(.down)
    let leading = value * pow(10, -exponent)
    return decimal(leading, step: leading) + "×10^{\(superscript(Int(exponent)))}"
  }

  static func superscript(_ exponent: Int) -> String {
    exponent < 0 ? "−\(-exponent)" : "\(exponent)"
  }
}
