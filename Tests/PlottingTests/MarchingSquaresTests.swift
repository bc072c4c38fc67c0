import Testing

@testable import Plotting

struct MarchingSquaresTests {
  @Test func aCircleIsOneClosedLine() {
    let field = Field(x: -2...2, y: -2...2, columns: 81, rows: 81) { $0 * $0 + $1 * $1 }
    let lines = MarchingSquares(field, level: 1.7).lines
    #expect(lines.count == 1)
    #expect(lines.first?.first == lines.first?.last)
    for point in lines.joined() {
      #expect(abs(point.x * point.x + point.y * point.y - 1.7) < 0.01)
    }
  }

  @Test func aPlaneIsOneOpenLine() {
    let field = Field(x: 0...1, y: 0...1, columns: 7, rows: 5) { x, y in x + 2 * y }
    let lines = MarchingSquares(field, level: 0.8).lines
    #expect(lines.count == 1 && lines[0].first != lines[0].last)
    #expect(lines[0].allSatisfy { abs($0.x + 2 * $0.y - 0.8) < 1e-12 })
  }

  @Test func aSaddleHasTwoBranches() {
    let field = Field(x: -1...1, y: -1...1, columns: 8, rows: 8) { x, y in x * y }
    #expect(MarchingSquares(field, level: 0.2).lines.count == 2)
    #expect(MarchingSquares(field, level: 9).lines.isEmpty)
  }
}
