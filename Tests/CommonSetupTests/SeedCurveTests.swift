import Statistics
import Testing

@testable import CommonSetup
@testable import Plotting

/// A band is drawn of as many seeds as it takes to say something, and the caption says what is drawn.
struct SeedCurveTests {
  private func marks(seeds: Int) -> [any Mark] {
    let curves = PerSeed((0..<seeds).map { [0.1 * Double($0), 0.5] })
    return SeedCurve(curves, over: [1, 2], "a", within: 0...1).marks(.series(0))
  }

  @Test(arguments: [1, 2])
  func fewSeedsAreShownAsTheyAre(seeds: Int) {
    let marks = marks(seeds: seeds)
    #expect(marks.count == seeds + 1 && !marks.contains { $0 is Band })
    let caption = SeedCurve.caption(seeds: seeds)
    #expect(!caption.contains("band") && !caption.contains("95 %"))
  }

  @Test func threeSeedsHaveABandWithinTheLimits() {
    let marks = marks(seeds: 3)
    #expect(marks.count == 2 && marks.contains { $0 is Band })
    #expect(SeedCurve.caption(seeds: 3).contains("bands: their 95 % intervals (Student's t)"))
    let ends = marks.compactMap(\.yRange.limits)
    #expect(ends.allSatisfy { (0...1).contains($0.lowerBound) && (0...1).contains($0.upperBound) })
  }

  @Test func barsOfFewerThanThreeSeedsAreLeftOut() {
    let few = PerSeed([0.1, 0.9]).interval()
    let enough = PerSeed([0.1, 0.5, 0.9]).interval()
    let bars = ErrorBars([1, 2], [few, enough], within: 0...1)
    #expect(bars.x == [2])
    #expect(bars.intervals == [0...1])
  }
}
