import Execution
import Tensors

/// The instrument of one program whose values, one for each episode, are listed and make the outcome.
struct ListedValues<Value: Sendable, Outcome: Codable & Sendable>: Instrument {
  private let plan: Plan
  private let value: @Sendable (Int, Parameters<ShapedArray>, Arena) throws -> Value
  private let outcome: @Sendable ([Value], _ epoch: Int) -> Outcome

  init(
    plan: Plan,
    value:
      @escaping @Sendable (
        _ episode: Int, _ parameters: Parameters<ShapedArray>, Arena
      ) throws -> Value,
    outcome: @escaping @Sendable (_ values: [Value], _ epoch: Int) -> Outcome
  ) {
    (self.plan, self.value, self.outcome) = (plan, value, outcome)
  }

  var plans: [Plan] { [plan] }

  func makeMemory() -> Arena { plan.makeArena() }

  func value(
    ofEpisode number: Int, from parameters: Parameters<ShapedArray>, in arena: Arena
  ) throws -> Value {
    try value(number, parameters, arena)
  }

  var emptySummary: [Value] { [] }

  func add(_ value: Value, to summary: inout [Value]) { summary.append(value) }

  func outcome(of summary: [Value], epoch: Int) -> Outcome { outcome(summary, epoch) }
}
