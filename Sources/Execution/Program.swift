import Tensors

/// A function on tensors, traced once and replayed on numbers in memory laid out beforehand.
///
/// ```swift
/// let slope = Program(like: weights, batch) { weights, batch in
///   gradient(of: crossEntropy(model(batch.inputs, weights), batch.targets), withRespectTo: weights)
/// }
/// let numbers = slope(weights, batch, in: slope.makeArena())
/// ```
public struct Program<each Input: TensorTree, Output: TensorTree>: Sendable {
  /// The steps and the memory that they need.
  public let plan: Plan
  /// A result of zeros.
  package let template: Output.Arrays

  /// Traces `body` on tensors shaped like the examples, and compiles what it computes.
  ///
  /// `shared`: whether several workers are to take part in each step of one call. It can change
  /// the last bits of results; the number of workers never does.
  ///
  /// `fixed`: how many arguments, from the first, stay the same for many calls. What depends on
  /// them alone need not be computed in each (see `reusingFixed`).
  ///
  /// `memory`: what arenas may take. With less than a program needs, it keeps less of the inner steps
  /// and computes the rest again on the way back, to the same bits.
  public init(
    like inputs: repeat (each Input).Arrays, shared: Plan.Sharing = .never, fixing fixed: Int = 0,
    within memory: Plan.Memory = .unlimited, tracing body: (repeat each Input) -> Output
  ) {
    let trace = Trace<Output>(like: repeat each inputs, tracing: body)
    var counts: [Int] = []
    repeat counts.append((each Input).leaves(of: each inputs).count)
    plan = Plan(
      trace.graph, results: trace.output.tensors.map(\.id), shared: shared,
      fixedInputs: counts.prefix(fixed).reduce(0, +), within: memory)
    template = trace.output.arrays { ShapedArray.zeros($0.shape) }
  }

  /// The memory to call this program in.
  ///
  /// `workers`: how many take part in each step of a shared program.
  public func makeArena(workers: Int = 1) -> Arena { plan.makeArena(workers: workers) }

  /// The function's value; the arguments' shapes must be those of the trace.
  ///
  /// `reusingFixed`: whether the fixed arguments are those of the last call in this arena;
  ///   what depends on them alone is then taken from there.
  public func callAsFunction(
    _ inputs: repeat (each Input).Arrays, in arena: Arena, reusingFixed: Bool = false
  ) -> Output.Arrays {
    let arguments = leaves(repeat each inputs)
    return structured(plan.replay(arguments, in: arena, reusingFixed: reusingFixed))
  }

  /// The function's value, with the time of each step added to a profile.
  public func callAsFunction(
    _ inputs: repeat (each Input).Arrays, in arena: Arena, profile: inout Profile
  ) -> Output.Arrays {
    let arguments = leaves(repeat each inputs)
    return structured(profile.record(plan, arguments, in: arena))
  }

  private func leaves(_ inputs: repeat (each Input).Arrays) -> [ShapedArray] {
    var leaves: [ShapedArray] = []
    repeat leaves += (each Input).leaves(of: each inputs)
    return leaves
  }

  private func structured(_ results: [ShapedArray]) -> Output.Arrays {
    var rest = results[...]
    return Output.arrays(like: template) { rest.removeFirst() }
  }
}

/// A function's graph, with tensors for its arguments.
struct Trace<Output: TensorTree> {
  let graph = Graph()
  let output: Output

  init<each Input: TensorTree>(
    like inputs: repeat (each Input).Arrays, tracing body: (repeat each Input) -> Output
  ) {
    let graph = graph
    var count = 0
    func leaf(_ example: ShapedArray) -> Tensor {
      defer { count += 1 }
      return graph.input(count, shape: example.shape)
    }
    output = body(repeat (each Input)(like: each inputs, leaf: leaf))
  }
}
