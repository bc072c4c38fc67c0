import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Loops that lay out what they compute for convolutions")
struct LoopFoldingTests {
  /// A convolution and its filter's gradient.
  private static func convolve(
    _ images: Tensor, _ filter: Tensor, _ row: ConvolutionCase
  ) -> [Tensor] {
    let y = images.convolved(with: filter, stride: row.stride, padding: row.padding)
    return [y] + gradient(of: y.squared().summed(), withRespectTo: [filter])
  }

  /// Of rectified images: computed before, in the program, and in the program as a result too.
  @Test(arguments: ConvolutionCase.all, [Plan.Sharing.never, .always])
  func foldAsTheStepDoes(_ row: ConvolutionCase, shared: Plan.Sharing) {
    var numbers = TestNumbers(seed: 12)
    let (x, w) = (numbers.array(row.images), numbers.array(row.filter))
    let rectified = ShapedArray(x.scalars.map { max($0, 0) }, shape: x.shape)
    let before = Program(like: rectified, w, shared: shared) { (x: Tensor, w: Tensor) in
      Self.convolve(x, w, row)
    }
    let within = Program(like: x, w, shared: shared) { (x: Tensor, w: Tensor) in
      Self.convolve(x.relu(), w, row)
    }
    let both = Program(like: x, w, shared: shared) { (x: Tensor, w: Tensor) in
      let images = x.relu()
      return Self.convolve(images, w, row) + [images]
    }
    let workers = 3
    let expected = before(rectified, w, in: before.makeArena(workers: workers))
    #expect(within(x, w, in: within.makeArena(workers: workers)) == expected)
    #expect(both(x, w, in: both.makeArena(workers: workers)) == expected + [rectified])
  }

  @Test func largeValuesAreFoldedInStepsOfTheirOwn() {
    func foldings(images: Int, _ body: @escaping (Tensor) -> Tensor) -> [Int] {
      let row = ConvolutionCase(
        images: [images, 14, 14, 64], filter: [3, 3, 64, 64], stride: 2, padding: 1)
      let (x, w) = (ShapedArray.zeros(row.images), ShapedArray.zeros(row.filter))
      let plan = Program(like: x, w) { (x: Tensor, w: Tensor) in
        Self.convolve(body(x), w, row)
      }.plan
      return [plan.foldings.count, plan.descriptions.count { $0.operation == "image folding" }]
    }
    // The images, and the gradient of what they become.
    #expect(foldings(images: 5) { $0.relu() } == [2, 0])
    // Images that are arguments are folded by a step.
    #expect(foldings(images: 5) { $0 } == [1, 1])
    #expect(foldings(images: 20) { $0.relu() } == [1, 1])
  }
}
