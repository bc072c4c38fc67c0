/// Where an instruction finds or puts a block of numbers.
struct Place: Hashable {
  enum Kind: UInt8 {
    /// A register of the worker.
    case register
    /// The arena, moving with the loop.
    case moving
    /// An argument where it is, by its number, moving with the loop.
    case argument
    /// The arena, inside a long period: offset + (i / span) · period + i mod period.
    case cyclic
  }

  var kind: Kind
  var offset: Int
  var span = 0
  var period = 0
}

/// One operation on blocks.
struct Instruction {
  enum Code: UInt8 {
    case copy, negate, reciprocal, square, squareRoot, reciprocalSquareRoot
    case exponential, logarithm, softplus, tanh, logistic, sine, cosine
    case absolute, sign, rectify, step
    case add, subtract, multiply, divide, maximum, minimum, greater, equal
    case select
    /// a·b + c, c − a·b, a·b − c
    case multiplyAdd, negateMultiplyAdd, multiplySubtract
    /// a where c > 0, else 0: the gradient of a rectifier.
    case gate
  }

  var code: Code
  var a: Place
  var b: Place
  var c: Place
  var result: Place
}

/// A block-sized register filled from a stored value that is smaller than, or lies otherwise than, the loop.
struct Expansion {
  enum Kind: UInt8 {
    /// One number everywhere, known beforehand.
    case constant
    /// One period, expanded to a block when a segment begins.
    case perSegment
    /// Whole spans, expanded for every block.
    case perBlock
    /// Any strides, gathered for every block.
    case strided
  }

  var kind: Kind
  var register: Int
  var offset = 0
  var repeats = 1
  var period = 1
  var value: Float = 0
  /// A range of the plan's table of axes.
  var axes = 0..<0
}

/// A sum or maximum that a loop ends in.
struct LoopReduction {
  enum Kind: UInt8 {
    /// A register accumulates blocks; it is folded to one period when a segment or tile ends.
    case accumulated
    /// Each block holds whole spans.
    case perBlock
    /// Accumulated in memory, where the period is longer than a block.
    case inMemory
  }

  var kind: Kind
  var isMaximum: Bool
  /// The operand, or two factors whose product is summed.
  var a: Place
  var b: Place?
  var register: Int
  /// Where results go, or partial results of each tile where the sum spans tiles.
  var offset: Int
  /// Where the tiles' partial results are combined to, if there are several tiles.
  var combined: Int?
  var repeats: Int
  var period: Int
}

/// A fused loop: instructions on blocks, with everything they need, as ranges of the plan's tables.
struct Loop {
  var count: Int
  var segment: Int
  var block: Int
  var tile: Int
  var expansions: Range<Int>
  var instructions: Range<Int>
  var reductions: Range<Int>
  /// Floats of registers.
  var scratch: Int

  var tileCount: Int { max((count + tile - 1) / max(tile, 1), 1) }
}
