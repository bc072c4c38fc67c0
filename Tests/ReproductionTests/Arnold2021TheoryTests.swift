import Arnold2021Setup
import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@testable import fig2_maml_landscape

/// Section 4 and its errata, from the definition of the MAML loss alone.
@Suite struct Arnold2021TheoryTests {
  static let rates = [0.01, 0.1, 0.3, 1]

  /// Equation 53 is the loss of equation 40 but for the noise's ½, at any point.
  @Test(arguments: rates)
  func equation53IsTheLossWithoutTheNoise(rate: Double) {
    let regression = ScalarRegression(rate: rate)
    let (loss, printed) = (
      PlaneFunction(regression.deepLoss), PlaneFunction(regression.printedDeepLoss)
    )
    for (a, b) in [(0.0, 0.0), (1.3, -0.4), (-2.1, 1.7), (0.2, 3.3)] {
      let (found, expected) = (loss(a, b), printed(a, b))
      let scale = max(abs(expected.value), 1)
      #expect(abs(found.value - expected.value - 0.5) < 1e-12 * scale)
      for axis in 0..<2 {
        #expect(abs(found.gradient[axis] - expected.gradient[axis]) < 1e-11 * scale)
      }
    }
  }

  /// Equations 55–57 print twice the Hessians.
  @Test(arguments: rates)
  func hessiansAreHalfOfThePrinted(rate: Double) {
    let loss = PlaneFunction(ScalarRegression(rate: rate).deepLoss)
    let minimum = loss(-1 / rate.squareRoot(), 0)
    #expect(minimum.gradient.allSatisfy { abs($0) < 1e-12 })
    #expect(abs(minimum.hessian[0][0] - 4 * rate) < 1e-12)
    #expect(abs(minimum.hessian[1][1] - 3 * pow(rate, 3)) < 1e-12)
    #expect(abs(loss(0, 0).hessian[0][0] + 2 * rate) < 1e-12)
  }

  /// Equation 11 has 2(1 − α)²c² where the definition gives ½(1 − α)²(c² + 1) + ½.
  @Test(arguments: rates)
  func theShallowLossIsAQuarterOfThePrinted(rate: Double) {
    let regression = ScalarRegression(rate: rate)
    let loss = PlaneFunction { (c: Tensor, other: Tensor) in
      regression.shallowLoss(c) + 0.0 * other
    }
    for c in [0.0, 0.7, -2.5] {
      let expected = 0.5 * pow(1 - rate, 2) * (c * c + 1) + 0.5
      #expect(abs(loss(c, 0).value - expected) < 1e-12)
    }
  }

  @Test func descentsEndInMinima() async throws {
    let folder = try TemporaryFolder()
    let runs = RunStore(folder: folder.url, progress: .standardError(isQuiet: true))
    let descent = LandscapeDescent(
      rate: 0.5, starts: [[1.2, 0.3], [-0.3, 1.2]], iterations: 20_000, stride: 100)
    let ends = try await runs.outcome(of: descent).compactMap(\.last)
    #expect(hypot(ends[0][0] - 2.0.squareRoot(), ends[0][1]) < 1e-4)
    #expect(hypot(ends[1][0], ends[1][1] - 2.0.squareRoot()) < 1e-4)
  }
}
