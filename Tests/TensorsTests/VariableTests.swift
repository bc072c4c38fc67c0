import Execution
import Tensors
import Testing

/// A gradient may be asked with respect to anything that was marked, however it was made.
struct VariableTests {
  private static let ways: [@Sendable (Tensor) -> Tensor] = [
    { $0.reshaped(to: [2, 3]) }, { -$0.reshaped(to: [2, 3]) },
    { 2 * $0.reshaped(to: [2, 3]) }, { $0.reshaped(to: [3, 2]).transposed() },
    { $0.sliced(0..<3, along: 0).reshaped(to: [1, 3]).broadcast(to: [2, 3]) },
    { $0.reshaped(to: [2, 3]).tanh() }, { $0.reshaped(to: [2, 3]) + 1 },
  ]

  @Test(arguments: ways.indices)
  func theGradientOfTwiceTheSumIsTwo(way: Int) {
    let slope = Reference(like: ShapedArray([1, 2, 3, 4, 5, 6], shape: [6])) { (x: Tensor) in
      let variable = Self.ways[way](x).asVariable()
      let uses = [
        variable.reshaped(to: [3, 2]).summed(), (-variable).summed(),
        (2 * variable.transposed()).summed(),
      ]
      return gradient(of: uses[0] + uses[1] + uses[2], withRespectTo: [variable])[0]
    }
    #expect(slope([[1, 2, 3, 4, 5, 6]])[0] == [2, 2, 2, 2, 2, 2])
  }
}
