import TestSupport
import Tensors
import Testing

@testable import Execution

@Suite("Filters' gradients that workers share by images")
struct SplitKTests {
  /// A convolution, and the ranges that its images are cut into.
  struct Case: CustomTestStringConvertible, Sendable {
    var convolution: ConvolutionCase
    var ranges: Int

    /// Small enough for the reference interpreter.
    var isSmall: Bool { convolution.images.count < 1_000 }

    var testDescription: String { "\(convolution), \(ranges) ranges" }
  }

  static let cases: [Case] = [
    Case(convolution: .init(images: [3, 9, 8, 2], filter: [2, 2, 2, 3]), ranges: 4),
    // Few channels; more ranges than images, which do not divide them.
    Case(convolution: .init(images: [3, 20, 19, 2], filter: [3, 3, 2, 8], padding: 1), ranges: 8),
    Case(convolution: .init(images: [11, 9, 9, 1], filter: [3, 3, 1, 9], stride: 2), ranges: 2),
    // Fewer parts than ranges.
    Case(
      convolution: .init(images: [5, 17, 16, 32], filter: [1, 1, 32, 32], stride: 2), ranges: 6),
    // Images where they are, each a group.
    Case(convolution: .init(images: [5, 17, 16, 33], filter: [1, 1, 33, 32]), ranges: 8),
    Case(
      convolution: .init(images: [5, 17, 16, 32], filter: [2, 2, 32, 32], padding: 1), ranges: 2),
    // Places that no tap meets.
    Case(
      convolution: .init(images: [5, 16, 16, 33], filter: [1, 1, 33, 32], padding: 2), ranges: 8),
    // One group of folded images.
    Case(convolution: .init(images: [3, 10, 9, 33], filter: [1, 1, 33, 33]), ranges: 2),
    Case(
      convolution: .init(images: [5, 17, 16, 33], filter: [1, 1, 33, 32], stride: 2), ranges: 6),
    // Several groups of folded images.
    Case(
      convolution: .init(images: [9, 32, 32, 32], filter: [3, 3, 32, 32], stride: 2, padding: 1),
      ranges: 4),
    Case(
      convolution: .init(images: [7, 42, 42, 32], filter: [3, 3, 32, 32], padding: 1), ranges: 8),
    // Filters that are large beside the images are cut themselves.
    Case(
      convolution: .init(images: [5, 7, 7, 32], filter: [3, 3, 32, 33], padding: 1), ranges: 1),
  ]

  private static func arguments(_ row: Case) -> [ShapedArray] {
    var numbers = TestNumbers(seed: 31)
    let form = row.convolution
    return [form.images, form.images, form.filter].map { numbers.array($0) }
  }

  /// The filter's gradients where two convolutions use it, so that one is added to the other, and
  /// of one alone.
  private static func gradients(_ row: Case, _ x: [Tensor]) -> [Tensor] {
    let outputs = x.prefix(2).map {
      $0.convolved(with: x[2], stride: row.convolution.stride, padding: row.convolution.padding)
    }
    let losses = outputs.map { $0.squared().mean() }
    return [losses[0] + losses[1], losses[1]].flatMap { gradient(of: $0, withRespectTo: [x[2]]) }
  }

  private static func program(_ row: Case, shared: Plan.Sharing) -> Program<[Tensor], [Tensor]> {
    Program(like: arguments(row), shared: shared) { gradients(row, $0) }
  }

  @Test(arguments: cases)
  func bitsDoNotDependOnTheNumberOfWorkers(_ row: Case) {
    let program = Self.program(row, shared: .always)
    let x = Self.arguments(row)
    let alone = program(x, in: program.makeArena())
    for workers in 2...3 {
      let arena = program.makeArena(workers: workers)
      for _ in 0..<5 { #expect(program(x, in: arena) == alone) }
    }
  }

  @Test(arguments: cases)
  func areThoseOfOneWorker(_ row: Case) {
    let (shared, whole) = (Self.program(row, shared: .always), Self.program(row, shared: .never))
    let x = Self.arguments(row)
    let found = shared(x, in: shared.makeArena(workers: 2)).map { $0.scalars.map(Double.init) }
    let expected = whole(x, in: whole.makeArena()).map { $0.scalars.map(Double.init) }
    #expect(deviation(found, from: expected) < 1e-5)
    if row.isSmall {
      let reference = Reference(like: x) { (x: [Tensor]) in Self.gradients(row, x) }
      let exact = reference(x.map { $0.scalars.map(Double.init) })
      #expect(deviation(found, from: exact) < 1e-5)
    }
  }

  @Test(arguments: cases)
  func imagesAreCutWhereTheyAreLarge(_ row: Case) {
    func sums(_ plan: Plan) -> [SplitKSums] {
      plan.steps.compactMap { step in
        switch step {
        case .taps(let kernel) where kernel.role == .filter: kernel.sums
        case .planes(let kernel) where kernel.role == .filter: kernel.sums
        default: nil
        }
      }
    }
    let shared = sums(Self.program(row, shared: .always).plan)
    #expect(!shared.isEmpty && shared.allSatisfy { $0.count == row.ranges })
    #expect(sums(Self.program(row, shared: .never).plan).allSatisfy { $0.count == 1 })
  }
}
