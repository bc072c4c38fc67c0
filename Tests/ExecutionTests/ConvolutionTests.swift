import TestSupport
import Tensors
import Testing

@testable import Execution

/// A convolution with channels enough for products tap by tap.
struct ConvolutionCase: CustomTestStringConvertible, Sendable {
  var images: Shape
  var filter: Shape
  var stride = 1
  var padding = 0

  var testDescription: String {
    "\(images.extents) with \(filter.extents), stride \(stride), padding \(padding)"
  }

  static let all: [ConvolutionCase] = [
    ConvolutionCase(images: [3, 7, 6, 32], filter: [3, 3, 32, 33], stride: 2, padding: 1),
    ConvolutionCase(images: [2, 4, 4, 48], filter: [3, 3, 48, 32], stride: 2, padding: 1),
    ConvolutionCase(images: [5, 14, 14, 64], filter: [3, 3, 64, 64], stride: 2, padding: 1),
    ConvolutionCase(images: [2, 8, 9, 33], filter: [3, 3, 33, 32], stride: 2),
    ConvolutionCase(images: [2, 8, 7, 32], filter: [3, 3, 32, 32], stride: 3, padding: 1),
    ConvolutionCase(images: [2, 7, 7, 32], filter: [1, 1, 32, 40], stride: 2),
    ConvolutionCase(images: [2, 7, 9, 32], filter: [5, 5, 32, 32], stride: 2, padding: 2),
    ConvolutionCase(images: [3, 6, 9, 32], filter: [3, 3, 32, 32], padding: 1),
    ConvolutionCase(images: [2, 5, 4, 32], filter: [3, 3, 32, 32], padding: 2),
    ConvolutionCase(images: [2, 5, 6, 32], filter: [2, 3, 32, 34], padding: 1),
    ConvolutionCase(images: [2, 1, 1, 64], filter: [3, 3, 64, 32], padding: 1),
    ConvolutionCase(images: [2, 5, 17, 32], filter: [3, 3, 32, 32], padding: 1),
    ConvolutionCase(images: [2, 18, 18, 32], filter: [3, 3, 32, 32]),
    ConvolutionCase(images: [2, 16, 4, 36], filter: [1, 1, 36, 160]),
    // More images than are folded together.
    ConvolutionCase(images: [9, 32, 32, 32], filter: [3, 3, 32, 32], stride: 2, padding: 1),
  ]
}

@Suite("Convolutions tap by tap")
struct ConvolutionTests {
  /// Of so few channels each that their windows are laid out instead.
  @Test(arguments: ConvolutionCase.all, [Plan.Sharing.never, .always])
  func areSumsOfConvolutionsOfFewChannels(_ row: ConvolutionCase, shared: Plan.Sharing) {
    var numbers = TestNumbers(seed: 11)
    let x = [numbers.array(row.images), numbers.array(row.filter)]
    let program = Program(like: x, shared: shared) { (x: [Tensor]) in
      Self.derivatives(x) { $0[0].convolved(with: $0[1], stride: row.stride, padding: row.padding) }
    }
    let parts = Program(like: x) { (x: [Tensor]) in
      Self.derivatives(x) { x in
        let terms = stride(from: 0, to: row.images[3], by: 16).map { first in
          let channels = first..<min(first + 16, row.images[3])
          return x[0].sliced(channels, along: 3).convolved(
            with: x[1].sliced(channels, along: 2), stride: row.stride, padding: row.padding)
        }
        return terms.dropFirst().reduce(terms[0], +)
      }
    }
    let got = program(x, in: program.makeArena(workers: 2))
    for (y, z) in zip(got, parts(x, in: parts.makeArena())) {
      let scale = z.scalars.map(abs).max() ?? 0
      let worst = zip(y.scalars, z.scalars).map { abs($0 - $1) }.max() ?? 0
      #expect(scale > 0 && worst <= 2e-5 * scale, "off by \(worst) of \(scale)")
    }
  }

  /// A function's value, the gradients of its sum of squares, and those of their sums of squares:
  /// they need every role with both operands, alone and added to others.
  private static func derivatives(
    _ x: [Tensor], of function: ([Tensor]) -> Tensor
  ) -> [Tensor] {
    let y = function(x)
    let first = gradient(of: y.squared().summed(), withRespectTo: x)
    let size = first[0].squared().summed() + first[1].squared().summed()
    return [y] + first + gradient(of: size, withRespectTo: x)
  }

  @Test func tapsThatMeetOneFoldComeTogether() {
    let taps = FilterTaps.all(3, stride: 2, border: 1, joining: true)
    #expect(
      taps == [
        FilterTaps(first: 1, count: 2, phase: 0, shift: 0),
        FilterTaps(first: 0, count: 1, phase: 1, shift: -1),
      ])
    #expect(FilterTaps.all(3, stride: 1, border: 1, joining: true).map(\.first) == [1, 0, 2])
  }

  @Test func runsCoverWhatBothGridsHold() {
    let grid = ImageGrid(rows: 3, columns: 4, images: 2)
    let other = ImageGrid(rows: 4, columns: 3, images: 2)
    var pairs: [[Int]] = []
    for part in grid.parts(ofAbout: 5, evenly: true) {
      grid.eachRun(of: part, .init(rows: 1, columns: -1), into: other) { place, shifted, count in
        for k in 0..<count { pairs.append([place + k, shifted + k]) }
      }
    }
    let expected = (0..<3).flatMap { row in
      (1..<4).flatMap { column in
        (0..<2).map { [(row * 4 + column) * 2 + $0, ((row + 1) * 3 + column - 1) * 2 + $0] }
      }
    }
    #expect(pairs == expected)
    #expect(!grid.fits(.init(rows: 1, columns: -1), into: other))
    #expect(
      other.fits(.init(rows: -1, columns: 0), into: ImageGrid(rows: 9, columns: 3, images: 2))
        == false)
  }
}
