import Foundation
import Testing

@testable import Statistics

struct FeatureStatisticsTests {
  private func normals(_ rows: Int, _ columns: Int, seed: UInt64) -> [[Double]] {
    var state = seed
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) * 0x1p-53
    }
    return (0..<rows).map { _ in
      (0..<columns).map { _ in
        (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
      }
    }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { column in b.indices.reduce(0) { $0 + row[$1] * b[$1][column] } }
    }
  }

  private func representation(_ rows: [[Double]]) -> Representation {
    Representation(rows.joined().map { Float($0) }, features: rows[0].count)
  }

  @Test func eigenvectorsSolveTheirProblem() {
    let root = normals(5, 5, seed: 1)
    let matrix = root.map { a in root.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
    let system = Eigensystem(of: matrix)
    for (value, vector) in zip(system.values, system.vectors) {
      for (row, own) in zip(matrix, vector) {
        #expect(abs(zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } - value * own) < 1e-12)
      }
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    }
    #expect(system.values == system.values.sorted(by: >))
  }

  @Test func choleskySolvesAndRefusesWhatIsNotPositive() throws {
    let matrix = [[4.0, 2, 0.4], [2, 5, 1], [0.4, 1, 3]]
    let x = try #require(Cholesky(matrix)).solution(of: [1, 2, 3])
    for (row, right) in zip(matrix, [1.0, 2, 3]) {
      #expect(abs(zip(row, x).reduce(0) { $0 + $1.0 * $1.1 } - right) < 1e-14)
    }
    #expect(Cholesky([[1, 2], [2, 1]]) == nil)
  }

  /// Two classes: the axis is S_w⁻¹(m₁ − m₂), which Fisher gives in closed form.
  @Test func twoClassesGiveFishersAxis() throws {
    let first = [[2.0, 0], [4, 1], [3, 2], [3, 1]]
    let second = [[0.0, 1], [1, 3], [-1, 2], [0, 2]]
    let found = LinearDiscriminants(of: [first, second], shrinkage: 0, count: 1)
    // By hand: S_w = ((4, 2), (2, 4))/6 from scatters ((2, 1), (1, 2)) twice; m₁ − m₂ = (3, −1).
    let expected: [Double] = [14, -10]
    let cross: Double = found.axes[0][0] * expected[1] - found.axes[0][1] * expected[0]
    #expect(abs(cross) < 1e-12)
    #expect(found.axes[0][0] > 0)
    // Length one in S_w, and all examples around the origin.
    let v = found.axes[0]
    let squares: Double = 4 * v[0] * v[0] + 4 * v[1] * v[1]
    let length: Double = (squares + 4 * v[0] * v[1]) / 6
    #expect(abs(length - 1) < 1e-12)
    let sum = (first + second).reduce(0) { $0 + found.projection(of: $1)[0] }
    #expect(abs(sum) < 1e-12)
  }

  /// S_b v = μ S v for every axis, with more features than examples as well.
  @Test(arguments: [3, 40])
  func axesSolveTheGeneralisedProblem(features: Int) {
    let shifts = normals(3, features, seed: 7)
    let classes = shifts.enumerated().map { index, shift in
      normals(9 + index, features, seed: 20 + UInt64(index)).map { row in
        zip(row, shift).map { $0 + 2 * $1 }
      }
    }
    let shrinkage = 0.2
    let found = LinearDiscriminants(of: classes, shrinkage: shrinkage)
    let means = classes.map(\.mean)
    let total = Double(classes.reduce(0) { $0 + $1.count })
    func within(_ v: [Double]) -> [Double] {
      var (image, trace) = ([Double](repeating: 0, count: features), 0.0)
      for (own, mean) in zip(classes, means) {
        for example in own {
          let deviation = zip(example, mean).map { $0 - $1 }
          let along = deviation.dot(v)
          trace += deviation.dot(deviation)
          for index in image.indices { image[index] += along * deviation[index] }
        }
      }
      return zip(image, v).map {
        ((1 - shrinkage) * $0 + shrinkage * trace / Double(features) * $1) / (total - 3)
      }
    }
    func between(_ v: [Double]) -> [Double] {
      var image = [Double](repeating: 0, count: features)
      for (own, mean) in zip(classes, means) {
        let deviation = zip(mean, found.centre).map { $0 - $1 }
        let along = deviation.dot(v) * Double(own.count) / total
        for index in image.indices { image[index] += along * deviation[index] }
      }
      return image
    }
    for (axis, ratio) in zip(found.axes, found.ratios) {
      let (left, right) = (between(axis), within(axis))
      for index in left.indices { #expect(abs(left[index] - ratio * right[index]) < 1e-9 * ratio) }
    }
    #expect(found.ratios[0] >= found.ratios[1] && found.ratios[1] > 0)
    #expect(abs(within(found.axes[0]).dot(found.axes[1])) < 1e-9)
  }

  @Test func varianceRatioIsThePapersFormula() {
    // Within: 2 and 2; between: means (±2, 0) around the origin.
    let ratio = varianceRatio(of: [[[1, 0], [3, 0]], [[-2, 1], [-2, -1]]])
    #expect(abs(ratio - 2.0 / 2 * (2 + 2) / (4 + 4)) < 1e-15)
  }

  @Test(arguments: [(30, 5, 7), (8, 20, 11)])
  func bothFormsOfCKAAgree(examples: Int, first: Int, second: Int) {
    let x = representation(normals(examples, first, seed: 1))
    let y = representation(normals(examples, second, seed: 2))
    let found = LinearCKA.ofFeatures(x, y)
    #expect(abs(found - LinearCKA.ofExamples(x, y)) < 1e-12)
    #expect(found == LinearCKA.similarity(x, y) || examples < 20)
    #expect(found > 0 && found < 1)
  }

  /// Against NumPy: ‖YᵀX‖²/(‖XᵀX‖‖YᵀY‖) of X = ((1, 2), (3, 1), (0, 4)) and Y = (1, 0, 2), centred.
  @Test func similarityOfASmallExample() {
    let x = representation([[1, 2], [3, 1], [0, 4]])
    let y = representation([[1], [0], [2]])
    // Centred: X = ((−1, −1), (5, −4), (−4, 5))/3, Y = (0, −1, 1); YᵀX = (−3, 3), YᵀY = 2,
    // XᵀX = ((14, −13), (−13, 14))/3.
    let norm: Double = (2 * 196 + 2 * 169) / 9
    let expected: Double = 9 / norm.squareRoot()
    #expect(abs(LinearCKA.similarity(x, y) - expected) < 1e-6)
  }

  @Test func similarityKnowsNoRotationScaleOrShift() {
    let rows = normals(40, 3, seed: 5)
    let angle = 0.7
    let rotation: [[Double]] = [
      [cos(angle), sin(angle), 0], [-sin(angle), cos(angle), 0], [0, 0, 1],
    ]
    let other = normals(40, 4, seed: 6)
    let changed = product(rows, rotation).map { $0.map { 3 * $0 + 0.5 } }
    let (x, y) = (representation(rows), representation(other))
    #expect(abs(LinearCKA.similarity(representation(changed), x) - 1) < 1e-6)
    #expect(
      abs(LinearCKA.similarity(representation(changed), y) - LinearCKA.similarity(x, y)) < 1e-6)
    // What is no rotation does change it.
    let stretched = rows.map { [10 * $0[0], $0[1], $0[2]] }
    #expect(LinearCKA.similarity(representation(stretched), x) < 0.9)
  }
}
