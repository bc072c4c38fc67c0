import Synchronization

/// Runs something with workers that stay, for work that comes in many small pieces.
///
/// Each worker makes its context once (the memory it computes in, which need not be Sendable) and
/// keeps it until the body returns; the caller itself is one of them. Where ``concurrentMap`` is
/// for one long list, this is for a loop that hands out a short list at every turn.
public func withWorkers<Context, Item: Sendable, Value: Sendable, Result>(
  _ count: Int, context: @escaping @Sendable () -> Context,
  work: @escaping @Sendable (Context, Item) throws -> Value,
  _ body: (Workers<Context, Item, Value>) async throws -> Result
) async throws -> Result {
  precondition(count > 0, "there must be a worker")
  return try await withThrowingTaskGroup(of: Void.self) { group in
    let (shares, finished) = AsyncStream.makeStream(of: Share<Value>.self)
    var orders: [AsyncStream<Order<Item>>.Continuation] = []
    for _ in 1..<count {
      let (stream, continuation) = AsyncStream.makeStream(of: Order<Item>.self)
      orders.append(continuation)
      group.addTask {
        let context = context()
        for await order in stream { finished.yield(order.drained { try work(context, $0) }) }
      }
    }
    // However the body ends, the workers must hear that nothing more will come.
    defer { for order in orders { order.finish() } }
    return try await body(
      Workers(orders: orders, shares: shares, context: context(), work: work))
  }
}

/// Workers that wait for lists of items.
public final class Workers<Context, Item: Sendable, Value: Sendable> {
  private let orders: [AsyncStream<Order<Item>>.Continuation]
  private var shares: AsyncStream<Share<Value>>.Iterator
  private let context: Context
  private let work: @Sendable (Context, Item) throws -> Value

  fileprivate init(
    orders: [AsyncStream<Order<Item>>.Continuation], shares: AsyncStream<Share<Value>>,
    context: Context, work: @escaping @Sendable (Context, Item) throws -> Value
  ) {
    self.orders = orders
    self.shares = shares.makeAsyncIterator()
    self.context = context
    self.work = work
  }

  /// The values of the items, in the items' order, whoever computed which.
  ///
  /// - Throws: The error of the first item that has one; `CancellationError` if the task is
  ///   cancelled before.
  public func map(_ items: [Item]) async throws -> [Value] {
    try Task.checkCancellation()
    let order = Order(items)
    let helpers = orders.prefix(max(items.count - 1, 0))
    for helper in helpers { helper.yield(order) }
    var done = order.drained { try work(context, $0) }
    for _ in helpers {
      // A task that is cancelled hears of no more shares, and must not go on without them.
      guard let share = await shares.next() else { throw CancellationError() }
      done.items += share.items
      done.values += share.values
    }
    // Values may be large and are moved once; only their numbers are sorted.
    let places = done.items.indices.sorted { [items = done.items] in items[$0] < items[$1] }
    return try places.map { try done.values[$0].get() }
  }
}

/// The numbers of the items that one worker took, and what came of them.
private struct Share<Value: Sendable>: Sendable {
  var items: [Int] = []
  var values: [Result<Value, any Error>] = []
}

/// A list of items, of which each worker takes the next one when it is free.
private final class Order<Item: Sendable>: Sendable {
  private let items: [Item]
  private let next = Atomic<Int>(0)

  init(_ items: [Item]) { self.items = items }

  func drained<Value>(_ work: (Item) throws -> Value) -> Share<Value> {
    var share = Share<Value>()
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < items.count else { return share }
      share.items.append(index)
      share.values.append(Result { try work(items[index]) })
    }
  }
}
