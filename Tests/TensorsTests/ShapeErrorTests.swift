import Execution
import Tensors
import Testing

@Suite("Shapes that do not fit are named, with the part of the model that they are in")
struct ShapeErrorTests {
  @Test func ofAProduct() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = ShapedArray.zeros([2, 3])
      _ = Program(like: x) { (x: Tensor) in x.labelled("head") { $0.matmul($0) } }
    }
    expect(result, contains: "in head: product of [2, 3] and [2, 3]: the inner extents differ")
  }

  @Test func ofABroadcast() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (x, y) = (ShapedArray.zeros([2, 3]), ShapedArray.zeros([4]))
      _ = Program(like: x, y) { (x: Tensor, y: Tensor) in x + y }
    }
    expect(result, contains: "add of [2, 3] and [4]: the shapes do not broadcast")
  }

  @Test func ofAConvolution() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (x, w) = (ShapedArray.zeros([1, 8, 8, 3]), ShapedArray.zeros([3, 3, 4, 5]))
      _ = Program(like: x, w) { (x: Tensor, w: Tensor) in
        x.labelled("block1") { $0.convolved(with: w) }
      }
    }
    expect(
      result,
      contains: "in block1: convolution(output) of [1, 8, 8, 3] and [3, 3, 4, 5]: "
        + "the numbers of channels differ")
  }

  private func expect(_ result: ExitTest.Result?, contains message: String) {
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains(message), "\(text)")
  }
}
