import Tensors

extension Parameters where Leaf == ShapedArray {
  /// All numbers of all leaves in their order.
  var flattened: [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(leaves.reduce(0) { $0 + $1.shape.count })
    for leaf in leaves { for scalar in leaf.scalars { numbers.append(Double(scalar)) } }
    return numbers
  }

  /// The numbers of a flat vector under these names and in these shapes.
  func filled(with vector: [Double]) -> Parameters {
    var place = 0
    return map { leaf in
      defer { place += leaf.shape.count }
      return ShapedArray(
        vector[place..<place + leaf.shape.count].map { Float($0) }, shape: leaf.shape)
    }
  }
}
