import Networks
import Tensors
import TestSupport
import Testing

struct ClassSeparationTests {
  private func values(
    _ measure: ClassSeparation, _ form: ClassSeparation.Form, of features: DoubleArray,
    _ precision: Precision
  ) -> (values: [Double], gradient: [Double]) {
    let found = precision.values(like: features.single, at: [features.values]) { (x: Tensor) in
      let values = measure(x, form: form)
      return [values, gradient(of: values.mean(), withRespectTo: [x])[0]]
    }
    return (found[0], found[1])
  }

  /// Both measures in both forms, and their gradients, against an independent implementation.
  @Test(arguments: Precision.allCases)
  func agrees(precision: Precision) throws {
    for fixture in try Fixture.cases("class-separation") {
      let measure = try #require(ClassSeparation(rawValue: fixture["measure"].text))
      let form = try #require(ClassSeparation.Form(rawValue: fixture["form"].text))
      let found = values(measure, form, of: fixture["features"].array, precision)
      let tolerance = precision.tolerance
      #expect(deviation([found.values], from: [fixture["values"].array.values]) < tolerance)
      #expect(deviation([found.gradient], from: [fixture["gradient"].array.values]) < tolerance)
    }
  }

  /// The printed ratio cannot exceed one, by the triangle inequality; the code's is (2 · ratio)².
  @Test func theFormsOfHyperplaneVariationGoTogether() {
    var numbers = TestNumbers(seed: 5)
    let features = DoubleArray(
      shape: [20, 2, 2, 3], values: (0..<240).map { _ in numbers.next(in: -1...1) })
    let printed = values(.hyperplaneVariation, .printed, of: features, .reference).values
    let released = values(.hyperplaneVariation, .released, of: features, .reference).values
    for (ratio, square) in zip(printed, released) {
      #expect(0...1 ~= ratio)
      #expect(abs(square / (4 * ratio * ratio) - 1) < 1e-3)
    }
  }

  /// For two samples, ‖a₁ − a₂‖² + ‖b₁ − b₂‖² over ‖μ_a − μ_b‖².
  @Test func clusteringOfTwoPairsHasASimpleForm() {
    let features = DoubleArray(shape: [1, 2, 2, 2], values: [0, 0, 1, 0, 4, 3, 4, 5])
    let found = values(.featureClustering, .printed, of: features, .reference).values
    #expect(abs(found[0] - (1 + 4) / (3.5 * 3.5 + 16)) < 1e-12)
  }

  /// As when a network's last rectifier is zero everywhere.
  @Test(arguments: ClassSeparation.Form.allCases)
  func coincidingFeaturesHaveAGradient(form: ClassSeparation.Form) {
    let features = DoubleArray(shape: [1, 2, 2, 2], values: [1, 2, 3, 4, 1, 2, 5, 6])
    let found = values(.hyperplaneVariation, form, of: features, .plan)
    let all = found.values + found.gradient
    #expect(all.allSatisfy { $0.isFinite })
  }

  @Test func aPenaltyIsTheWeightedSumOfMeans() {
    var numbers = TestNumbers(seed: 6)
    let features = DoubleArray(
      shape: [4, 2, 2, 3], values: (0..<48).map { _ in numbers.next(in: -1...1) })
    func mean(_ measure: ClassSeparation) -> Double {
      values(measure, .released, of: features, .reference).values.reduce(0, +) / 4
    }
    let penalty = SeparationPenalty(featureClustering: 0.5, hyperplaneVariation: 2)
    let found = Precision.reference.values(like: features.single, at: [features.values]) {
      (x: Tensor) in penalty(x) ?? x
    }
    let expected = 0.5 * mean(.featureClustering) + 2 * mean(.hyperplaneVariation)
    #expect(abs(found[0][0] - expected) < 1e-12)
  }
}
