import Testing

@testable import Statistics

@Suite struct CorrelationTests {
  private let x: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
  private let y = [2.1, 1.9, 3.7, 3.5, 5.2, 4.8, 7.1, 6.0]
  private let tied: [Double] = [1, 2, 2, 3, 3, 3, 5, 4]

  @Test func coefficientsAgreeWithSciPy() throws {
    #expect(abs(try #require(Correlation.pearson.coefficient(x, y)) - 0.9300588036446359) < 1e-13)
    #expect(abs(try #require(Correlation.spearman.coefficient(x, y)) - 0.9047619047619048) < 1e-13)
    #expect(
      abs(try #require(Correlation.spearman.coefficient(x, tied)) - 0.9452300860699551) < 1e-13)
    #expect(
      abs(try #require(Correlation.firstDifferences.coefficient(y, tied)) - 0.4641098685499696)
        < 1e-13)
    #expect(abs(try #require(slope(of: y, over: x)) - 0.6940476190476191) < 1e-13)
  }

  @Test func fisherIntervalAgreesWithSciPy() {
    let interval = Interval.fisher(correlation: 0.9300588036446359, pairs: 8)
    #expect(abs(interval.lower - 0.6540265334359899) < 1e-10)
    #expect(abs(interval.upper - 0.9875222377321177) < 1e-10)
    #expect(Interval.fisher(correlation: 0.5, pairs: 3).lower == -1)
  }

  @Test func constantSeriesHaveNoCorrelation() {
    #expect(Correlation.pearson.coefficient(x, [Double](repeating: 0.1, count: 8)) == nil)
    #expect(SeedwiseCorrelation(of: PerSeed([x, x]), and: PerSeed([y, x.map { _ in 1 }])) == nil)
    #expect(slope(of: [1, 2], over: [3, 3]) == nil)
  }

  @Test func exactLinesAreOne() throws {
    #expect(Correlation.pearson.coefficient(x, x.map { 3 * $0 + 1 }) == 1)
    let line = try #require(SeedwiseCorrelation(of: PerSeed([x, x]), and: PerSeed([x, x])))
    #expect(line.interval().lower > 0.999_999)
  }

  @Test func oneCoefficientPerSeed() throws {
    let reversed = Array(x.reversed())
    let correlation = try #require(
      SeedwiseCorrelation(of: PerSeed([x, x, x]), and: PerSeed([y, tied, reversed])))
    #expect(correlation.coefficients.count == 3)
    #expect(abs(correlation.coefficients.values[2] + 1) < 1e-12)
    #expect(correlation.interval().count == 3)
  }

  @Test func slopesPerSeed() {
    let slopes = PerSeed([[1.0, 3, 5], [0.0, -1, -2]]).slopes(over: [0, 2, 4])
    #expect(slopes.values == [1, -0.5])
  }
}
