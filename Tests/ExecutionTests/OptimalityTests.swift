import TestSupport
import Testing

@testable import Execution

@Suite("Solutions of quadratic programs, and how they move")
struct OptimalityTests {
  /// H, P and U of the dual of a support vector machine on random features.
  private struct Machine: CustomStringConvertible {
    var name: String
    var ways: Int
    var shots: Int
    var features = 12
    var size = 1.0
    var cost = 0.1
    /// Whether every example of a class is the same, and every second class the same as the first.
    var repeats = false
    /// By which part of themselves elements below the kernel's diagonal differ from those above.
    var asymmetry = 0.0

    var description: String { name }
    var count: Int { ways * shots }

    var targets: [Double] {
      (0..<count * ways).map { ($0 / ways) / shots == $0 % ways ? 1 : 0 }
    }

    var kernel: [Double] {
      var numbers = TestNumbers(seed: 8)
      var rows = (0..<count).map { _ in
        (0..<features).map { _ in size * numbers.next(in: -1...1) }
      }
      if repeats { for i in 0..<count { rows[i] = rows[(i / shots) % 2] } }
      return (0..<count * count).map { place in
        let (i, j) = (place / count, place % count)
        let product = zip(rows[i], rows[j]).reduce(i == j ? 1 : 0) { $0 + $1.0 * $1.1 }
        return i > j ? product * (1 + asymmetry) : product
      }
    }

    /// The mean of the kernel and its transpose, which is what is meant.
    var symmetricKernel: [Double] {
      let kernel = kernel
      return kernel.indices.map { place in
        (kernel[place] + kernel[place % count * count + place / count]) / 2
      }
    }
  }

  private static let machines = [
    Machine(name: "one shot", ways: 5, shots: 1),
    Machine(name: "fifteen shots", ways: 5, shots: 15, features: 60),
    Machine(name: "two classes", ways: 2, shots: 6),
    Machine(name: "features of nothing", ways: 5, shots: 3, size: 0),
    Machine(name: "large features", ways: 5, shots: 5, features: 400, size: 30),
    Machine(name: "small features", ways: 5, shots: 5, size: 1e-3),
    Machine(name: "no room", ways: 4, shots: 5, cost: 1e-4),
    Machine(name: "much room", ways: 4, shots: 5, cost: 1e4),
    Machine(name: "equal examples", ways: 4, shots: 5, repeats: true),
    Machine(name: "equal large examples", ways: 4, shots: 5, size: 50, repeats: true),
    Machine(name: "few features", ways: 5, shots: 10, features: 2, size: 20),
    Machine(name: "single precision", ways: 5, shots: 5, size: 5, asymmetry: 1e-7),
  ]

  /// The point is feasible, and no direction that is leads downhill: HX − P + λ is zero at free
  /// elements and not positive at those on their bound.
  @Test(arguments: machines)
  private func theConditionsOfOptimalityHold(machine: Machine) {
    let (n, m) = (machine.count, machine.ways)
    let (h, p) = (machine.symmetricKernel, machine.targets)
    let u = p.map { machine.cost * $0 }
    let x = QuadraticProgram(machine.kernel, linear: p, bound: u, size: n, columns: m)
      .solution()
    let unit = (0..<n).reduce(0) { max($0, h[$1 * (n + 1)]) }
    for row in 0..<n {
      let elements = row * m..<(row + 1) * m
      #expect(abs(elements.reduce(0) { $0 + x[$1] }) * unit < 1e-8)
      #expect(elements.allSatisfy { x[$0] <= u[$0] })
      let slope = elements.map { index in
        (0..<n).reduce(-p[index]) { $0 + h[row * n + $1] * x[$1 * m + index % m] }
      }
      // Free elements share one slope, and λ is its negative.
      let free = (0..<m).filter { x[row * m + $0] < u[row * m + $0] }
      let level = free.reduce(0) { $0 + slope[$1] } / Double(free.count)
      #expect(!free.isEmpty)
      for column in 0..<m {
        let excess = slope[column] - level
        #expect(free.contains(column) ? abs(excess) < 2e-9 : excess < 2e-9, "\(excess)")
      }
    }
  }

  @Test func aMatrixThatIsNotPositiveGivesNoNumbers() {
    let x = QuadraticProgram(
      [1, 2, 2, 1], linear: [1, 0, 0, 1], bound: [0.5, 0.5, 0.5, 0.5], size: 2, columns: 2
    ).solution()
    #expect(x.allSatisfy { $0.isNaN })
  }

  @Test func whatIsNotFreeStays() {
    let free = [true, true, false, false, true, false]
    let z = FreeSystem([2, 1, 1, 3], size: 2, columns: 3, isFree: free)
      .solve([1, 0, 5, 4, 7, 4])
    // Only the first row has two elements to balance: 2·2 z = 1 − 0.
    #expect(z == [0.25, -0.25, 0, 0, 0, 0])
  }
}
