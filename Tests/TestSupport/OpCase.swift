import Tensors

/// One row of the table from which every operation is tested: shape, derivatives, kernel, fusion.
package struct OpCase: Sendable, CustomStringConvertible {
  package var name: String
  package var shapes: [Shape]
  /// Where arguments are drawn from; away from kinks and poles.
  package var range: ClosedRange<Double>
  package var body: @Sendable ([Tensor]) -> Tensor

  package init(
    _ name: String, _ shapes: [Shape], in range: ClosedRange<Double> = -1...1,
    _ body: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    (self.name, self.shapes, self.range, self.body) = (name, shapes, range, body)
  }

  package var description: String { name }

  /// Arguments that are the same in every run.
  package func arguments(seed: UInt64 = 1) -> [[Double]] {
    var numbers = TestNumbers(seed: seed)
    return shapes.map { shape in (0..<shape.count).map { _ in numbers.next(in: range) } }
  }
}

/// Repeatable numbers for tests (SplitMix64).
package struct TestNumbers: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  package mutating func next(in range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + (range.upperBound - range.lowerBound) * unit
  }

  package mutating func array(_ shape: Shape, in range: ClosedRange<Double> = -1...1) -> ShapedArray
  {
    ShapedArray((0..<shape.count).map { _ in Float(next(in: range)) }, shape: shape)
  }
}
