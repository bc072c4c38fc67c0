import Dispatch
import Synchronization

/// Several calls at once, whose values are received in order.
enum InOrder {
  /// What has come of the calls, and how many values have been received.
  private struct State<Value: Sendable> {
    var outcomes: [Result<Value, any Error>?]
    var received = 0
    var failure: (any Error)?
  }

  /// Calls a function for each of some elements, as many at once as there are cores.
  ///
  /// - Parameters:
  ///   - elements: What it is called for.
  ///   - call: The function.
  ///   - receive: Given each value as soon as it and those before it are there; one at a time.
  /// - Returns: The values in the order of the elements.
  /// - Throws: The first error in that order, of a call or of `receive`. What was not begun by then is
  ///   left out.
  static func map<Element: Sendable, Value: Sendable>(
    _ elements: [Element], _ call: @Sendable (Element) throws -> Value,
    receive: @Sendable (Value) throws -> Void = { _ in }
  ) throws -> [Value] {
    let state = Mutex(State<Value>(outcomes: Array(repeating: nil, count: elements.count)))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      guard state.withLock({ $0.failure == nil }) else { return }
      let outcome = Result { try call(elements[index]) }
      state.withLock { state in
        state.outcomes[index] = outcome
        while state.failure == nil, state.received < elements.count,
          let next = state.outcomes[state.received]
        {
          do { try receive(next.get()) } catch { state.failure = error }
          state.received += 1
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return try state.outcomes.compactMap { try $0?.get() }
    }
  }
}
