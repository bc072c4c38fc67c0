import Tensors

extension Parameters where Leaf == Tensor {
  /// All elements of all leaves below each other, `[elements, 1]`.
  ///
  /// What a network sees that treats every weight alike: one row for each.
  var column: Tensor {
    Tensor.concatenated(leaves.map { $0.reshaped(to: [$0.shape.count, 1]) }, along: 0)
  }

  /// Leaves of these names and shapes with the elements of a column.
  func filled(from column: Tensor) -> Parameters {
    var first = 0
    return map { leaf in
      defer { first += leaf.shape.count }
      return column.sliced(first..<first + leaf.shape.count, along: 0).reshaped(to: leaf.shape)
    }
  }
}

extension Parameters where Leaf == ShapedArray {
  /// The number of elements of all leaves.
  var elementCount: Int { leaves.reduce(0) { $0 + $1.shape.count } }
}
