import Testing

@testable import Plotting

struct HistogramTests {
  @Test func countsEveryValueOnce() {
    let edges = Histogram.edges(covering: [[0, 1, 2], [4]], bins: 4)
    #expect(edges == [0, 1, 2, 3, 4])
    #expect(Histogram([0, 1, 2, 4, 4, 9], edges: edges).heights == [1, 1, 1, 2])
  }

  @Test func densitiesHaveAreaOne() {
    let edges = [0, 0.5, 2, 3.0]
    let heights = Histogram([0.1, 0.2, 1, 2.5, 3], edges: edges, isDensity: true).heights
    let area = zip(heights, zip(edges, edges.dropFirst())).reduce(0) {
      $0 + $1.0 * ($1.1.1 - $1.1.0)
    }
    #expect(abs(area - 1) < 1e-12)
  }

  @Test func aConstantSampleHasABin() {
    let edges = Histogram.edges(covering: [[3, 3, 3]], bins: 5)
    #expect(Histogram([3, 3, 3], edges: edges).heights == [3, 0, 0, 0, 0])
  }
}
