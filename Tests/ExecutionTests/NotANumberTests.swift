import Tensors
import TestSupport
import Testing

@testable import Execution

/// What the page "Not a number" of Tensors says, of plans and of the reference interpreter.
@Suite("NaN in plans and in the reference interpreter")
struct NotANumberTests {
  @Test(arguments: OpCase.all)
  func valuesAgree(_ row: OpCase) {
    compare(row, isHeard: !Self.deaf.contains(row.name)) { [row.body($0)] }
  }

  @Test(arguments: OpCase.all)
  func gradientsAgree(_ row: OpCase) {
    compare(row, isHeard: false) { x in
      gradient(of: row.body(x).squared().summed(), withRespectTo: x)
    }
  }

  /// What is written for a number that is none is gone when the arena is used again.
  @Test(arguments: OpCase.all)
  func anArenaForgets(_ row: OpCase) {
    let arrays = zip(row.arguments(), row.shapes).map {
      ShapedArray($0.map(Float.init), shape: $1)
    }
    let nothing = row.shapes.map {
      ShapedArray(Array(repeating: Float.nan, count: $0.count), shape: $0)
    }
    let program = Program(like: arrays) { (x: [Tensor]) in
      [row.body(x)] + gradient(of: row.body(x).squared().summed(), withRespectTo: x)
    }
    let arena = program.makeArena()
    let fresh = program(arrays, in: arena)
    _ = program(nothing, in: arena)
    #expect(program(arrays, in: arena) == fresh)
  }

  /// Cases that need not look at every element: a part, a rest beside the windows, a comparison.
  private static let deaf: Set = ["slice", "pooling", "select"]

  private func compare(_ row: OpCase, isHeard: Bool, _ body: ([Tensor]) -> [Tensor]) {
    let arguments = row.arguments()
    let like = row.shapes.map(ShapedArray.zeros)
    let program = Program(like: like, tracing: body)
    let reference = Reference(like: like, tracing: body)
    let arena = program.makeArena()
    // With a border of zeros, kernels may multiply them with NaN where the interpreter leaves them out.
    let isExact = !row.name.hasPrefix("convolution")
    for (number, argument) in arguments.enumerated() {
      for place in stride(from: 0, to: argument.count, by: max(argument.count / 9, 1)) {
        var leaves = arguments
        leaves[number][place] = .nan
        let arrays = zip(leaves, row.shapes).map { ShapedArray($0.map(Float.init), shape: $1) }
        let found = program(arrays, in: arena).flatMap(\.scalars)
        let exact = reference(arrays.map { $0.scalars.map(Double.init) }).flatMap { $0 }
        let scale = exact.filter(\.isFinite).map(abs).max() ?? 0
        let differences = zip(found, exact).enumerated().filter { _, pair in
          if pair.1.isNaN { return !pair.0.isNaN }
          if pair.0.isNaN { return isExact }
          return abs(Double(pair.0) - pair.1) > 5e-5 * max(scale, 1)
        }
        #expect(
          differences.isEmpty,
          "\(row.name), NaN at \(place) of argument \(number): \(differences.first as Any)")
        let hears = exact.contains { $0.isNaN }
        #expect(hears || !isHeard, "\(row.name) hides \(place) of argument \(number)")
      }
    }
  }
}

/// Every lane, and what is left of a row when it has fewer than sixteen.
@Suite("NaN in every lane")
struct NotANumberLaneTests {
  static let lengths = 1...53

  /// The functions of x and y that pass NaN on, and then those that compare.
  private static func functions(_ x: Tensor, _ y: Tensor) -> (
    hearing: [Tensor], comparing: [Tensor]
  ) {
    let both = Binary.allCases.filter { ![.greater, .equal].contains($0) }
    let product = x.relu() * y
    return (
      both.map { x.apply(.binary($0), y) } + [
        x * y + x, x * y - y, x - x * y, (-x).step().select(y, x), x.select(y, y),
        (-y).leakyRelu(0.1) + x, x.minimum(x.constant(10)).maximum(x.constant(-10)) + y,
        (-x).maximum(x.constant(0.5)) * y,
        gradient(of: product.summed(), withRespectTo: [x])[0],
      ],
      [x.greater(than: y), x.equal(to: y), y.greater(than: x)]
    )
  }

  @Test(arguments: lengths)
  func ofFunctionsOfOneNumber(_ count: Int) {
    let x = Self.numbers(count, in: 0.1...2)
    let program = Program(like: x) { (x: Tensor) in Unary.allCases.map { x.apply(.unary($0)) } }
    let arena = program.makeArena()
    let whole = program(x, in: arena).map(\.scalars)
    for place in 0..<count {
      let found = program(x.with(.nan, at: place), in: arena).map(\.scalars)
      for (function, (y, z)) in zip(Unary.allCases, zip(found, whole)) {
        #expect(y.isNaN(only: place, else: z), "\(function) of \(count) numbers, at \(place)")
      }
    }
  }

  @Test(arguments: lengths)
  func ofFunctionsOfTwoNumbers(_ count: Int) {
    let (x, y) = (Self.numbers(count, in: -2...2), Self.numbers(count, in: -1...1, seed: 2))
    let program = Program(like: x, y) { (x: Tensor, y: Tensor) in
      let functions = Self.functions(x, y)
      return Pair(functions.hearing, functions.comparing)
    }
    let arena = program.makeArena()
    let whole = program(x, y, in: arena)
    for place in 0..<count {
      for isFirst in [true, false] {
        let found = program(
          isFirst ? x.with(.nan, at: place) : x, isFirst ? y : y.with(.nan, at: place), in: arena)
        for (number, (a, b)) in zip(found.first, whole.first).enumerated() {
          // A choice by the sign of x is not of y where x is positive.
          let chooses = number == Binary.allCases.count - 2 + 3
          if chooses && !isFirst && x.scalars[place] > 0 {
            #expect(a == b)
          } else {
            #expect(
              a.scalars.isNaN(only: place, else: b.scalars),
              "function \(number) of \(count) numbers, at \(place) of \(isFirst ? "x" : "y")")
          }
        }
        for (a, b) in zip(found.second, whole.second) {
          #expect(a == b.with(0, at: place), "a comparison with NaN is false")
        }
      }
    }
  }

  @Test func ofReductions() {
    // Within a block, in registers, in memory, and by tiles.
    let shapes: [(Shape, Int)] = [
      ([5, 7], 1), ([5, 7], 0), ([3, 9, 17], 1), ([1000], 0), ([700, 3], 0), ([40, 50], 0),
      ([3, 600], 0), ([7, 33], 0), ([20_011], 0), ([4000, 5], 0), ([2, 700, 19], 1),
    ]
    for (shape, axis) in shapes {
      let x = ShapedArray(Self.numbers(shape.count, in: -1...1).scalars, shape: shape)
      let program = Program(like: x) { (x: Tensor) in
        [x.maximum(along: axis), x.summed(along: axis), x.logSumExp(along: axis)]
      }
      let arena = program.makeArena()
      let whole = program(x, in: arena).map(\.scalars)
      let inner = shape.extents[(axis + 1)...].reduce(1, *)
      for place in stride(from: 0, to: shape.count, by: max(shape.count / 97, 1)) {
        let target = place / (inner * shape[axis]) * inner + place % inner
        for (y, z) in zip(program(x.with(.nan, at: place), in: arena), whole) {
          #expect(y.scalars.isNaN(only: target, else: z), "\(shape) along \(axis), at \(place)")
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 47])
  func ofWindows(channels: Int) {
    for side in 2...3 {
      // Two windows and a rest, in each direction.
      let shape: Shape = [1, side + 1, 2 * side + 1, channels]
      let pooled: Shape = [1, 1, 2, channels]
      let x = ShapedArray(Self.numbers(shape.count, in: -1...1).scalars, shape: shape)
      let v = ShapedArray(Self.numbers(shape.count, in: 1...2, seed: 2).scalars, shape: shape)
      let g = ShapedArray(Self.numbers(pooled.count, in: 1...2, seed: 3).scalars, shape: pooled)
      let program = Program(like: x, v, g) { (x: Tensor, v: Tensor, g: Tensor) in
        [
          x.maxPooled(side: side), x.apply(.poolPick(side: side), v),
          x.apply(.poolPlace(side: side), g),
        ]
      }
      let arena = program.makeArena()
      let whole = program(x, v, g, in: arena).map(\.scalars)
      for index in 0..<side * side * channels {
        let (place, channel) = index.quotientAndRemainder(dividingBy: channels)
        let (row, column) = place.quotientAndRemainder(dividingBy: side)
        // In the second window; a NaN behind it changes nothing.
        let at = (row * (2 * side + 1) + side + column) * channels + channel
        var holed = x.with(.nan, at: at)
        let last = ((side - 1) * (2 * side + 1) + 2 * side - 1) * channels + channel
        for isLastToo in [false, true] {
          if isLastToo { holed = holed.with(.nan, at: last) }
          let found = program(holed, v, g, in: arena).map(\.scalars)
          let output = channels + channel
          #expect(found[0].isNaN(only: output, else: whole[0]))
          var picked = whole[1]
          picked[output] = v.scalars[at]
          #expect(found[1] == picked)
          var placed = whole[2]
          for k in 0..<side {
            for l in 0..<side {
              placed[(k * (2 * side + 1) + side + l) * channels + channel] = 0
            }
          }
          placed[at] = g.scalars[output]
          #expect(found[2] == placed, "\(channels) channels, side \(side), at \(at)")
        }
      }
    }
  }

  @Test(arguments: lengths)
  func zerosKeepTheirSign(_ count: Int) {
    let zeros: [ShapedArray] = [0.0, -0.0].map {
      ShapedArray(Array(repeating: $0, count: count), shape: [count])
    }
    for (x, y) in [(zeros[0], zeros[1]), (zeros[1], zeros[0])] {
      let program = Program(like: x, y) { (x: Tensor, y: Tensor) in
        let pairs = Tensor.stacked([x, y])
        return [
          x.maximum(y), x.minimum(y), pairs.maximum(along: 0), y.relu(),
          Tensor.stacked([y, x, x, x]).reshaped(to: [1, 2, 2, count]).maxPooled(side: 2),
        ]
      }
      for result in program(x, y, in: program.makeArena()) {
        #expect(result.scalars.map(\.bitPattern) == y.scalars.map(\.bitPattern))
      }
    }
  }

  private static func numbers(
    _ count: Int, in range: ClosedRange<Double>, seed: UInt64 = 1
  ) -> ShapedArray {
    var numbers = TestNumbers(seed: seed)
    return numbers.array([count], in: range)
  }
}

extension ShapedArray {
  fileprivate func with(_ number: Float, at place: Int) -> ShapedArray {
    var scalars = scalars
    scalars[place] = number
    return ShapedArray(scalars, shape: shape)
  }
}

extension [Float] {
  /// Whether this is NaN at the place, and elsewhere other numbers to the bit.
  fileprivate func isNaN(only place: Int, else others: [Float]) -> Bool {
    count == others.count
      && indices.allSatisfy {
        $0 == place ? self[$0].isNaN : self[$0].bitPattern == others[$0].bitPattern
      }
  }
}
