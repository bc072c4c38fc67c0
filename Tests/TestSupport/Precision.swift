import Execution
import Tensors

/// The two ways to evaluate a function, and how near they must come to an independent one.
package enum Precision: CaseIterable, Sendable {
  /// The compiled plan, in Float.
  case plan
  /// The reference interpreter, in Double.
  case reference

  package var tolerance: Double { self == .plan ? 1e-5 : 1e-9 }

  /// The function's results, leaf by leaf, for arguments given in double precision.
  package func values<each Input: TensorTree, Output: TensorTree>(
    like inputs: repeat (each Input).Arrays, at leaves: [[Double]],
    of body: (repeat each Input) -> Output
  ) -> [[Double]] {
    switch self {
    case .reference:
      return Reference<repeat each Input, Output>(like: repeat each inputs, tracing: body)(leaves)
    case .plan:
      let program = Program<repeat each Input, Output>(like: repeat each inputs, tracing: body)
      let results = program(repeat each inputs, in: program.makeArena())
      return Output.leaves(of: results).map { $0.scalars.map(Double.init) }
    }
  }
}

/// The largest deviation, in units of the largest expected number.
package func deviation(_ found: [[Double]], from expected: [[Double]]) -> Double {
  precondition(found.map(\.count) == expected.map(\.count), "the shapes differ")
  let (a, b) = (found.joined(), expected.joined())
  let scale = b.map(abs).max() ?? 0
  // A number that is none must not pass for a small one.
  return zip(a, b).reduce(0) { ($1.0 - $1.1).isFinite ? max($0, abs($1.0 - $1.1)) : .infinity }
    / scale
}
