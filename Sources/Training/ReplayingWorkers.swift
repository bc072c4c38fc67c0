import Execution
import Experiments

/// Runs something with workers that replay a plan: many replays side by side, or all on one replay
/// after the other if the plan is shared.
package func withWorkers<Item: Sendable, Value: Sendable, Result>(
  _ count: Int, on plan: Plan, work: @escaping @Sendable (Arena, Item) throws -> Value,
  _ body: (Workers<Arena, Item, Value>) async throws -> Result
) async throws -> Result {
  try await withWorkers(
    plan.arenas(for: count), context: { plan.makeArena(workers: count) }, work: work, body)
}
