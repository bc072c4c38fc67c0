import Measurements
import TestSupport
import Testing

struct LanczosTests {
  private func start(_ count: Int) -> [Double] {
    var numbers = TestNumbers(seed: 2)
    return (0..<count).map { _ in numbers.next(in: -1...1) }
  }

  /// A symmetric matrix with the given eigenvalues: reflected at a random plane.
  private func product(_ eigenvalues: [Double]) -> ([Double]) -> [Double] {
    var numbers = TestNumbers(seed: 4)
    var normal = eigenvalues.map { _ in numbers.next(in: -1...1) }
    let length = normal.reduce(0) { $0 + $1 * $1 }.squareRoot()
    normal = normal.map { $0 / length }
    func reflected(_ v: [Double]) -> [Double] {
      let along = zip(v, normal).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(v, normal).map { $0 - 2 * along * $1 }
    }
    return { reflected(zip(reflected($0), eigenvalues).map(*)) }
  }

  static let spectra: [[Double]] = [
    (0..<50).map { (index: Int) -> Double in Double(index) / 10 - 1 },
    // The norm is that of the smallest eigenvalue.
    (0..<50).map { (index: Int) -> Double in index == 0 ? -7 : Double(index) / 50 },
    // Opposite ends, where power iteration stalls.
    [-2, 2] + [Double](repeating: 0.1, count: 40),
    [Double](repeating: 3, count: 20),
    [4],
  ]

  @Test(arguments: spectra)
  func findsTheEndsOfAKnownSpectrum(eigenvalues: [Double]) {
    let found = Lanczos(tolerance: 1e-10).extremes(
      from: start(eigenvalues.count), product: product(eigenvalues))
    #expect(found.hasConverged)
    let (smallest, largest) = (eigenvalues.min() ?? 0, eigenvalues.max() ?? 0)
    #expect(abs(found.norm - max(abs(smallest), abs(largest))) < 1e-8)
    // The other end is inside the spectrum, and near its end.
    #expect(found.smallest > smallest - 1e-8 && found.smallest < smallest + 0.1)
    #expect(found.largest < largest + 1e-8 && found.largest > largest - 0.1)
  }

  @Test func stopsAtItsTolerance() {
    let eigenvalues = (0..<400).map { (index: Int) -> Double in
      index == 399 ? 20 : Double(index) / 40 - 5
    }
    let found = Lanczos().extremes(from: start(400), product: product(eigenvalues))
    #expect(found.hasConverged)
    #expect(found.products < 30)
    #expect(abs(found.norm / 20 - 1) < 1e-3)
  }

  @Test func saysWhenItDidNotConverge() {
    let eigenvalues = (0..<400).map { Double($0) }
    let found = Lanczos(maximumProducts: 3).extremes(
      from: start(400), product: product(eigenvalues))
    #expect(!found.hasConverged)
    #expect(found.products == 3)
  }

  @Test func zeroIsASpectrumToo() {
    let found = Lanczos().extremes(
      from: start(9), product: product([Double](repeating: 0, count: 9)))
    #expect(found.norm == 0 && found.hasConverged)
  }
}
