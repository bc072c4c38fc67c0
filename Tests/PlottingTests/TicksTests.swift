import Testing

@testable import Plotting

struct TicksTests {
  @Test(arguments: [
    (0.0...1.0, 6, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (-1.1...1.1, 5, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
    (0.0...60.0, 4, ["0", "20", "40", "60"]),
    (0.012...0.21, 4, ["0.05", "0.10", "0.15", "0.20"]),
    (0.233...0.549, 3, ["0.3", "0.4", "0.5"]),
    (96.0...104.0, 5, ["96", "98", "100", "102", "104"]),
  ])
  func areRound(_ limits: ClosedRange<Double>, _ count: Int, _ expected: [String]) {
    let ticks = Ticks.linear(limits, count: count)
    #expect(TickTexts(ticks, spacing: .linear, style: .automatic).texts == expected)
  }

  @Test func stayWithinTheAxisAtAnyScale() {
    for power in stride(from: -12.0, through: 12, by: 0.7) {
      for count in 2...9 {
        let low = -3.7 * Double(count % 3) * pow(power)
        let limits = low...low + pow(power)
        let ticks = Ticks.linear(limits, count: count)
        let slack = ticks.step * 1e-6
        #expect(ticks.major.count >= 2 && ticks.major.count <= 3 * count + 3)
        #expect(
          ticks.major.allSatisfy {
            $0 >= limits.lowerBound - slack && $0 <= limits.upperBound + slack
          })
        let texts = TickTexts(ticks, spacing: .linear, style: .automatic).texts
        #expect(Set(texts).count == texts.count, "\(texts)")
      }
    }
  }

  /// Two ticks leave open what lies between them.
  @Test func areThreeOrMoreWhereThereIsRoom() {
    for power in stride(from: -6.0, through: 6, by: 0.17) {
      for count in 3...9 {
        let low = pow(power) * Double(count) / 7
        for width in [0.13, 0.5, 1.7, 20, 900] {
          let limits = low...low * (1 + width)
          #expect(Ticks.linear(limits, count: count).major.count >= 3, "\(limits)")
          let logarithmic = Ticks.logarithmic(limits, count: count)
          #expect(logarithmic.major.count >= 3, "\(limits)")
          let texts = TickTexts(logarithmic, spacing: .logarithmic, style: .automatic).texts
          #expect(Set(texts).count == texts.count, "\(texts)")
        }
      }
    }
  }

  @Test func shareAPowerOfTen() {
    let small = TickTexts(
      Ticks.linear(0...0.0008, count: 5), spacing: .linear, style: .automatic)
    #expect(small.texts == ["0", "2", "4", "6", "8"] && small.exponent == -4)
    #expect(Axis("loss").label(for: small) == "loss  (×10^{−4})")
    let large = TickTexts(
      Ticks.linear(0...200_000, count: 3), spacing: .linear, style: .automatic)
    #expect(large.texts == ["0", "1", "2"] && large.exponent == 5)
  }

  @Test func percentIsAThinSpaceAway() {
    let ticks = Ticks.linear(0.2...0.8, count: 4)
    #expect(
      TickTexts(ticks, spacing: .linear, style: .percent).texts
        == ["20\u{202F}%", "40\u{202F}%", "60\u{202F}%", "80\u{202F}%"])
  }

  @Test func logarithmicAxesHaveDecadesAndMinorTicks() {
    let ticks = Ticks.logarithmic(0.0008...2, count: 6)
    #expect(
      TickTexts(ticks, spacing: .logarithmic, style: .automatic).texts
        == ["10^{−3}", "10^{−2}", "10^{−1}", "10^{0}"])
    #expect(ticks.minor.count == 2 + 8 * 3 + 1)
    let narrow = Ticks.logarithmic(1.5...30, count: 6)
    #expect(narrow.major == [2, 5, 10, 20])
    let wide = Ticks.logarithmic(1e-9...1e9, count: 5)
    #expect(wide.major.count <= 5)
  }

  /// However little an axis spans, its labels tell its ticks apart.
  @Test(arguments: [0.2...0.2 + 1e-8, -3 - 1e-10 ... -3, 99...99 + 1e-12, 0.01...0.01 + 1e-13])
  func narrowAxesHaveLabelsThatDiffer(limits: ClosedRange<Double>) {
    let ticks = Ticks.linear(limits, count: 6)
    let texts = TickTexts(ticks, spacing: .linear, style: .automatic).texts
    #expect(texts.count >= 3 && Set(texts).count == texts.count, "\(texts)")
  }

  @Test func minusZeroIsZero() {
    #expect(TickTexts.fixed(-0.001, digits: 2) == "0.00")
    #expect(TickTexts.fixed(-0.006, digits: 2) == "−0.01")
  }

  private func pow(_ power: Double) -> Double {
    var value = 1.0
    for _ in 0..<Int(abs(power)) { value *= 10 }
    return (power < 0 ? 1 / value : value) * (1 + abs(power) / 7)
  }
}
