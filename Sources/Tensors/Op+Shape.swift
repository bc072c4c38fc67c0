/// Shapes that an operation cannot combine.
package struct ShapeMismatch: Error, CustomStringConvertible {
  package var description: String

  init(_ op: Op, _ shapes: [Shape], _ reason: String) {
    let list = shapes.map(\.description).joined(separator: " and ")
    description = "\(op.name) of \(list): \(reason)"
  }
}

extension Op {
  /// The shape of the result.
  ///
  /// `wanted`: the result's shape where operands do not determine it (broadcast, reshape,
  ///   slice, pad, and the convolution's gradients, whose images the stride leaves undetermined).
  package func shape(of operands: [Shape], wanted: Shape?) throws(ShapeMismatch) -> Shape {
    func fail(_ reason: String) -> ShapeMismatch {
      ShapeMismatch(self, operands + (wanted.map { [$0] } ?? []), reason)
    }
    let x = operands.first ?? []
    switch self {
    case .input, .constant:
      guard let wanted else { throw fail("the shape is not given") }
      return wanted
    case .unary, .stopGradient, .variable, .recomputed:
      return x
    case .binary, .select:
      guard operands.allSatisfy({ $0 == x }) else { throw fail("the shapes differ") }
      return x
    case .sum(let axes), .maximum(let axes):
      guard axes.allSatisfy(x.extents.indices.contains) else {
        throw fail("there is no axis \(axes)")
      }
      var result = x
      for axis in axes { result[axis] = 1 }
      return result
    case .broadcast:
      guard let wanted, wanted.rank == x.rank,
        zip(x.extents, wanted.extents).allSatisfy({ $0 == $1 || $0 == 1 })
      else { throw fail("only axes of extent one stretch") }
      return wanted
    case .reshape:
      guard let wanted, wanted.count == x.count else { throw fail("the counts differ") }
      return wanted
    case .transpose(let axes):
      guard axes.sorted() == Array(0..<x.rank) else { throw fail("\(axes) is no permutation") }
      return Shape(axes.map { x[$0] })
    case .slice(let starts):
      guard let wanted, wanted.rank == x.rank, starts.count == x.rank,
        x.extents.indices.allSatisfy({ starts[$0] >= 0 && starts[$0] + wanted[$0] <= x[$0] })
      else { throw fail("the part from \(starts) is not inside") }
      return wanted
    case .pad(let starts):
      guard let wanted, wanted.rank == x.rank, starts.count == x.rank,
        x.extents.indices.allSatisfy({ starts[$0] >= 0 && starts[$0] + x[$0] <= wanted[$0] })
      else { throw fail("the operand does not fit at \(starts)") }
      return wanted
    case .concatenate(let axis):
      var result = x
      result[axis] = operands.reduce(0) { $0 + $1[axis] }
      for operand in operands {
        var same = operand
        guard operand.rank == x.rank else { throw fail("the ranks differ") }
        same[axis] = result[axis]
        guard same == result else { throw fail("extents differ beside axis \(axis)") }
      }
      return result
    case .product(let left, let right):
      let y = operands[1]
      guard x.rank >= 2, x.rank == y.rank, x.extents.dropLast(2) == y.extents.dropLast(2),
        x[left ? -2 : -1] == y[right ? -1 : -2]
      else { throw fail("the inner extents differ") }
      return Shape(x.extents.dropLast(2) + [x[left ? -1 : -2], y[right ? -2 : -1]])
    case .convolution(let convolution):
      return try convolution.shape(of: operands, wanted: wanted, fail)
    case .poolPick(let side):
      guard x.rank == 4, operands[1] == x, x[1] >= side, x[2] >= side else {
        throw fail("windows of side \(side) need images at least as large")
      }
      return [x[0], x[1] / side, x[2] / side, x[3]]
    case .poolPlace(let side):
      guard x.rank == 4, operands[1] == [x[0], x[1] / side, x[2] / side, x[3]] else {
        throw fail("there is not one number for every window of side \(side)")
      }
      return x
    case .solve:
      let b = operands[1]
      guard x.rank >= 2, x[-1] == x[-2], b.rank == x.rank, b[-2] == x[-1],
        b.extents.dropLast(2) == x.extents.dropLast(2)
      else { throw fail("a square matrix and as many rows are needed") }
      return b
    case .quadraticProgram, .freeSolve:
      let b = operands[1]
      guard x.rank >= 2, x[-1] == x[-2], b.rank == x.rank, b[-2] == x[-1], operands[2] == b,
        b.extents.dropLast(2) == x.extents.dropLast(2)
      else { throw fail("a square matrix and two others of as many rows are needed") }
      return b
    }
  }

  /// The operation's name in messages and profiles.
  package var name: String {
    switch self {
    case .input: "input"
    case .constant: "constant"
    case .unary(let function): function.rawValue
    case .binary(let function): function.rawValue
    case .select: "select"
    case .sum: "sum"
    case .maximum: "maximum"
    case .broadcast: "broadcast"
    case .reshape: "reshape"
    case .transpose: "transpose"
    case .slice: "slice"
    case .pad: "pad"
    case .concatenate: "concatenate"
    case .product: "product"
    case .convolution(let convolution): "convolution(\(convolution.role))"
    case .poolPick: "poolPick"
    case .poolPlace: "poolPlace"
    case .solve: "solve"
    case .quadraticProgram: "quadraticProgram"
    case .freeSolve: "freeSolve"
    case .stopGradient: "stopGradient"
    case .variable: "variable"
    case .recomputed: "recomputed"
    }
  }
}

extension Convolution {
  func shape(
    of operands: [Shape], wanted: Shape?, _ fail: (String) -> ShapeMismatch
  ) throws(ShapeMismatch) -> Shape {
    guard operands.count == 2, operands.allSatisfy({ $0.rank == 4 }) else {
      throw fail("images [n, height, width, channels] and filters [k, k, in, out] are needed")
    }
    let result: Shape
    let (images, filters, outputs): (Shape, Shape, Shape)
    switch role {
    case .output:
      (images, filters) = (operands[0], operands[1])
      func outputs(_ extent: Int, _ size: Int) -> Int { (extent + 2 * border - size) / stride + 1 }
      result = [
        images[0], outputs(images[1], filters[0]), outputs(images[2], filters[1]), filters[3],
      ]
      guard images[1] + 2 * border >= filters[0], images[2] + 2 * border >= filters[1] else {
        throw fail("the images are smaller than the filter")
      }
      guard images[3] == filters[2] else { throw fail("the numbers of channels differ") }
      return result
    case .input:
      guard let wanted, wanted.rank == 4 else { throw fail("the images' shape is not given") }
      (images, filters, outputs) = (wanted, operands[1], operands[0])
      result = images
    case .filter:
      guard let wanted, wanted.rank == 4 else { throw fail("the filter's shape is not given") }
      (images, filters, outputs) = (operands[1], wanted, operands[0])
      result = filters
    }
    let expected = try with(.output).shape(of: [images, filters], wanted: nil, fail)
    guard expected == outputs else { throw fail("the outputs should be \(expected)") }
    return result
  }
}
