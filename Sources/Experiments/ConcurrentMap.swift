import Synchronization

/// The values of a function on every item, in the items' order, computed by a few workers at once.
///
/// Every worker makes a context of its own (the memory it computes in), which need not be Sendable.
/// Which worker takes which item is left to chance, so a value must depend on its item alone. The
/// function may compute for long without suspending; `workers` should not exceed the cores.
///
/// - Throws: The error of the first item, in the items' order, that has one; no item is begun
///   after an error. `CancellationError` if the task is cancelled between two items.
public func concurrentMap<Item: Sendable, Context, Value: Sendable>(
  _ items: [Item], workers: Int, context: @escaping @Sendable () -> Context,
  _ body: @escaping @Sendable (Context, Item) throws -> Value
) async throws -> [Value] {
  try await distribute(items.count, among: workers) { queue in
    let context = context()
    return try queue.drain { try body(context, items[$0]) }
  }
}

/// The values of a function without a context on every item, in the items' order.
public func concurrentMap<Item: Sendable, Value: Sendable>(
  _ items: [Item], workers: Int, _ body: @escaping @Sendable (Item) throws -> Value
) async throws -> [Value] {
  try await concurrentMap(items, workers: workers, context: {}) { try body($1) }
}

/// The values of a function that waits, such as a run from the store, in the items' order.
public func concurrentMap<Item: Sendable, Value: Sendable>(
  _ items: [Item], workers: Int, _ body: @escaping @Sendable (Item) async throws -> Value
) async throws -> [Value] {
  try await distribute(items.count, among: workers) { queue in
    try await queue.drain { try await body(items[$0]) }
  }
}

/// Lets workers share the indices up to `count` and puts what they found into order.
private func distribute<Value: Sendable>(
  _ count: Int, among workers: Int,
  _ work: @escaping @Sendable (IndexQueue) async throws -> [Finding<Value>]
) async throws -> [Value] {
  precondition(workers > 0, "there must be a worker")
  let queue = IndexQueue(count: count)
  let findings =
    if min(workers, count) <= 1 {
      try await work(queue)
    } else {
      try await withThrowingTaskGroup(of: [Finding<Value>].self) { group in
        for _ in 0..<min(workers, count) { group.addTask { try await work(queue) } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
    }
  return try findings.sorted { $0.index < $1.index }.map { try $0.value.get() }
}

/// What came of one item.
private struct Finding<Value: Sendable>: Sendable {
  let index: Int
  let value: Result<Value, any Error>
}

/// The indices not yet taken, in ascending order.
///
/// Because they are taken in order, all indices before one that fails are taken too, and will be
/// finished: the first error is the same however the workers are scheduled.
private final class IndexQueue: Sendable {
  private let count: Int
  private let next = Atomic<Int>(0)

  init(count: Int) { self.count = count }

  func drain<Value>(_ body: (Int) throws -> Value) throws -> [Finding<Value>] {
    var findings: [Finding<Value>] = []
    while let index = try take() {
      findings.append(Finding(index: index, value: Result { try body(index) }))
      closeOnFailure(findings)
    }
    return findings
  }

  func drain<Value>(
    _ body: @Sendable (Int) async throws -> Value
  ) async throws -> [Finding<Value>] {
    var findings: [Finding<Value>] = []
    while let index = try take() {
      do {
        findings.append(Finding(index: index, value: .success(try await body(index))))
      } catch {
        findings.append(Finding(index: index, value: .failure(error)))
      }
      closeOnFailure(findings)
    }
    return findings
  }

  private func take() throws -> Int? {
    try Task.checkCancellation()
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  private func closeOnFailure<Value>(_ findings: [Finding<Value>]) {
    if case .failure? = findings.last?.value { next.store(count, ordering: .relaxed) }
  }
}
