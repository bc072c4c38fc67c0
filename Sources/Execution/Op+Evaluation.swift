import Tensors

/// What every operation means, in double precision and without haste.
extension Op {
  func evaluated(_ operands: [(numbers: [Double], shape: Shape)], shape: Shape) -> [Double] {
    let count = shape.count
    let x = operands.first?.numbers ?? []
    switch self {
    case .input: fatalError("arguments are given")
    case .constant(let value): return Array(repeating: value, count: count)
    case .unary(let function): return x.map { function($0) }
    case .binary(let function): return zip(x, operands[1].numbers).map { function($0, $1) }
    case .select:
      return (0..<count).map {
        x[$0].isNaN ? x[$0] : x[$0] != 0 ? operands[1].numbers[$0] : operands[2].numbers[$0]
      }
    case .reshape, .stopGradient, .variable, .recomputed: return x
    case .sum(let axes):
      return reduced(operands[0], along: axes, shape, from: 0, +)
    case .maximum(let axes):
      return reduced(operands[0], along: axes, shape, from: -.infinity) { Binary.maximum($0, $1) }
    case .broadcast, .transpose, .slice:
      return viewed(operands[0], shape)
    case .pad(let starts):
      var result = [Double](repeating: 0, count: count)
      for (position, index) in operands[0].shape.indices.enumerated() {
        result[shape.offset(zip(index, starts).map(+))] = x[position]
      }
      return result
    case .concatenate(let axis):
      var result = [Double](repeating: 0, count: count)
      var start = 0
      for operand in operands {
        for (position, index) in operand.shape.indices.enumerated() {
          var index = index
          index[axis] += start
          result[shape.offset(index)] = operand.numbers[position]
        }
        start += operand.shape[axis]
      }
      return result
    case .product(let left, let right):
      return product(operands[0], operands[1], left, right, shape)
    case .convolution(let form): return form.evaluated(operands, shape: shape)
    case .poolPick(let side):
      return operands[0].shape.winners(x, side: side).map { operands[1].numbers[$0] }
    case .poolPlace(let side):
      var result = [Double](repeating: 0, count: count)
      for (output, winner) in operands[0].shape.winners(x, side: side).enumerated() {
        result[winner] = operands[1].numbers[output]
      }
      return result
    case .solve:
      let size = operands[0].shape[-1]
      let batch = operands[0].shape.count / (size * size)
      let each = count / batch
      return (0..<batch).flatMap { index in
        CholeskyFactor(Array(x[index * size * size..<(index + 1) * size * size]), size: size)
          .solve(
            Array(operands[1].numbers[index * each..<(index + 1) * each]), columns: shape[-1])
      }
    case .quadraticProgram: return programs(.program, operands)
    case .freeSolve: return programs(.freeElements, operands)
    }
  }

  private func programs(
    _ form: QuadraticProgramKernel.Form, _ operands: [(numbers: [Double], shape: Shape)]
  ) -> [Double] {
    let size = operands[0].shape[-1]
    let batch = operands[0].shape.count / (size * size)
    return (0..<batch).flatMap { index in
      let parts = operands.map { operand in
        let each = operand.numbers.count / batch
        return Array(operand.numbers[index * each..<(index + 1) * each])
      }
      return form.evaluated(parts[0], parts[1], parts[2], size: size)
    }
  }

  private func reduced(
    _ x: (numbers: [Double], shape: Shape), along axes: [Int], _ shape: Shape, from start: Double,
    _ combine: (Double, Double) -> Double
  ) -> [Double] {
    var result = [Double](repeating: start, count: shape.count)
    for (position, index) in x.shape.indices.enumerated() {
      var index = index
      for axis in axes { index[axis] = 0 }
      let target = shape.offset(index)
      result[target] = combine(result[target], x.numbers[position])
    }
    return result
  }

  private func viewed(_ x: (numbers: [Double], shape: Shape), _ shape: Shape) -> [Double] {
    shape.indices.map { index in
      switch self {
      case .broadcast:
        x.numbers[x.shape.offset(zip(index, x.shape.extents).map { $1 == 1 ? 0 : $0 })]
      case .transpose(let axes):
        x.numbers[x.shape.offset(axes.indices.map { index[axes.firstIndex(of: $0) ?? $0] })]
      case .slice(let starts): x.numbers[x.shape.offset(zip(index, starts).map(+))]
      default: fatalError("\(name) is not a view")
      }
    }
  }

  private func product(
    _ a: (numbers: [Double], shape: Shape), _ b: (numbers: [Double], shape: Shape), _ left: Bool,
    _ right: Bool, _ shape: Shape
  ) -> [Double] {
    let inner = a.shape[left ? -2 : -1]
    return shape.indices.map { index in
      let (i, j) = (index[index.count - 2], index[index.count - 1])
      var total = 0.0
      for k in 0..<inner {
        let batch = Array(index.dropLast(2))
        total +=
          a.numbers[a.shape.offset(batch + (left ? [k, i] : [i, k]))]
          * b.numbers[b.shape.offset(batch + (right ? [j, k] : [k, j]))]
      }
      return total
    }
  }
}

extension Convolution {
  fileprivate func evaluated(
    _ operands: [(numbers: [Double], shape: Shape)], shape: Shape
  ) -> [Double] {
    let (g, x, w): (Shape, Shape, Shape)
    switch role {
    case .output: (g, x, w) = (shape, operands[0].shape, operands[1].shape)
    case .input: (g, x, w) = (operands[0].shape, shape, operands[1].shape)
    case .filter: (g, x, w) = (operands[0].shape, operands[1].shape, shape)
    }
    var result = [Double](repeating: 0, count: shape.count)
    for (output, index) in g.indices.enumerated() {
      for (tap, at) in w.indices.enumerated() where at[3] == index[3] {
        let row = index[1] * stride - border + at[0]
        let column = index[2] * stride - border + at[1]
        guard row >= 0, row < x[1], column >= 0, column < x[2] else { continue }
        let input = x.offset([index[0], row, column, at[2]])
        switch role {
        case .output: result[output] += operands[0].numbers[input] * operands[1].numbers[tap]
        case .input: result[input] += operands[0].numbers[output] * operands[1].numbers[tap]
        case .filter: result[tap] += operands[0].numbers[output] * operands[1].numbers[input]
        }
      }
    }
    return result
  }
}

extension Shape {
  /// Every index, the last axis varying fastest.
  fileprivate var indices: [[Int]] {
    extents.reduce([[]]) { indices, extent in
      indices.flatMap { index in (0..<extent).map { index + [$0] } }
    }
  }

  fileprivate func offset(_ index: [Int]) -> Int {
    zip(index, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// For each window of images of this shape, where its first NaN lies, else its first maximum.
  fileprivate func winners(_ x: [Double], side: Int) -> [Int] {
    Shape([self[0], self[1] / side, self[2] / side, self[3]]).indices.map { index in
      var best = offset([index[0], index[1] * side, index[2] * side, index[3]])
      for k in 0..<side {
        for l in 0..<side {
          let here = offset([index[0], index[1] * side + k, index[2] * side + l, index[3]])
          if x[here] > x[best] || (x[here].isNaN && !x[best].isNaN) { best = here }
        }
      }
      return best
    }
  }
}
