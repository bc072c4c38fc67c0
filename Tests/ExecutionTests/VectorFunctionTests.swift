import Execution
import Foundation
import Tensors
import TestSupport
import Testing
import Vectors

@Suite("Vector functions against double precision")
struct VectorFunctionTests {
  struct Case: Sendable, CustomStringConvertible {
    var name: String
    var range: ClosedRange<Double>
    /// In units in the last place of the larger of the result and `floor`.
    var limit: Double
    var floor = 0.0
    var function: @Sendable (Tensor) -> Tensor
    var exact: @Sendable (Double) -> Double
    var description: String { name }
  }

  static let cases = [
    Case(name: "exp", range: -87...88, limit: 2, function: { $0.exp() }, exact: { exp($0) }),
    Case(
      name: "log", range: 1e-30...1e30, limit: 2, floor: 1e-3, function: { $0.log() },
      exact: { log($0) }),
    Case(
      name: "log near one", range: 0.5...2, limit: 2, floor: 1e-7, function: { $0.log() },
      exact: { log($0) }),
    Case(name: "tanh", range: -10...10, limit: 4, function: { $0.tanh() }, exact: { tanh($0) }),
    Case(
      name: "logistic", range: -80...80, limit: 4, function: { $0.logistic() },
      exact: { 1 / (1 + exp(-$0)) }),
    Case(
      name: "softplus", range: -80...80, limit: 4, function: { $0.softplus() },
      exact: { max($0, 0) + log1p(exp(-abs($0))) }),
    Case(
      name: "sine", range: -100...100, limit: 3, floor: 0x1p-10, function: { $0.sine() },
      exact: { sin($0) }),
    Case(
      name: "cosine", range: -100...100, limit: 3, floor: 0x1p-10, function: { $0.cosine() },
      exact: { cos($0) }),
  ]

  @Test(arguments: cases)
  func isAccurate(_ row: Case) {
    let count = 20_011
    let x = ShapedArray(
      (0..<count).map { index in
        let t = Double(index) / Double(count - 1)
        return Float(row.range.lowerBound + t * (row.range.upperBound - row.range.lowerBound))
      }, shape: [count])
    let program = Program(like: x) { (x: Tensor) in row.function(x) }
    let y = program(x, in: program.makeArena())
    var worst = 0.0
    for (x, y) in zip(x.scalars, y.scalars) {
      let exact = row.exact(Double(x))
      let unit = Double(Float(max(abs(exact), row.floor, Double(Float.leastNormalMagnitude))).ulp)
      worst = max(worst, abs(Double(y) - exact) / unit)
    }
    #expect(worst <= row.limit, "\(row.name) is off by \(worst) ulp")
  }

  @Test func limitsAreThoseOfTheFunctions() {
    let x = ShapedArray(
      [.infinity, -.infinity, .nan, 0, -1, 100, -200, .leastNonzeroMagnitude], shape: [8])
    let program = Program(like: x) { (x: Tensor) in [x.exp(), x.log(), x.tanh(), x.relu()] }
    let y = program(x, in: program.makeArena()).map(\.scalars)
    #expect(y[0][0] == .infinity && y[0][1] == 0 && y[0][2].isNaN && y[0][3] == 1)
    #expect(y[0][5] == .infinity && y[0][6] == 0)
    #expect(y[1][0] == .infinity && y[1][1].isNaN && y[1][2].isNaN && y[1][3] == -.infinity)
    #expect(y[1][4].isNaN && abs(y[1][7] - log(Float.leastNonzeroMagnitude)) < 1e-4)
    #expect(y[2][0] == 1 && y[2][1] == -1 && y[2][2].isNaN)
    #expect(
      y[3][1] == 0 && y[3][2].isNaN && y[3][4] == 0, "a rectifier must not hide what is no number")
  }
}
