import Synchronization

extension Team {
  /// Work that nobody waits for until some steps later.
  struct Errand: Sendable {
    /// The step from which on it may be done.
    var opens: Int
    /// The step before which it must be done.
    var closes: Int
    /// Errands that must be done before it.
    var after: [Int]
  }
}

/// What a team does beside its steps, in the order in which it must be done.
///
/// The leader goes through the steps that have to follow each other, alone where it can, and so
/// finds in its cache what it has just written; helpers do what can wait, and help with the steps
/// only when there is nothing of that left.
final class Errands: Sendable {
  private struct State: ~Copyable {
    let errand: Team.Errand
    let units: Int
    /// Parts that somebody has taken.
    let taken = Atomic<Int>(0)
    /// Parts that are not done, and one more until what remains after them is.
    let left: Atomic<Int>

    init(_ errand: Team.Errand, units: Int) {
      (self.errand, self.units) = (errand, units)
      left = Atomic(units + 1)
    }
  }

  let count: Int
  private nonisolated(unsafe) let states: UnsafeMutablePointer<State>
  /// The step that the leader has come to.
  private let opened = Atomic<Int>(-1)

  /// Errands of so many parts each.
  init(_ errands: [Team.Errand], units: ArraySlice<Int>) {
    count = errands.count
    states = .allocate(capacity: max(count, 1))
    for (number, (errand, units)) in zip(errands, units).enumerated() {
      (states + number).initialize(to: State(errand, units: units))
    }
  }

  deinit {
    states.deinitialize(count: count)
    states.deallocate()
  }

  /// Lets errands begin that may be done from a step on.
  func open(_ step: Int) {
    if count > 0 { opened.store(step, ordering: .releasing) }
  }

  func mustBeDone(_ number: Int, before step: Int) -> Bool {
    states[number].errand.closes <= step
  }

  func isDone(_ number: Int) -> Bool { states[number].left.load(ordering: .acquiring) == 0 }

  /// Does a part of the first errand that may be done, if there is one.
  ///
  /// `base`: the number that the first errand goes by in the closures.
  func take(
    from base: Int, _ work: (_ errand: Int, _ unit: Int) -> Void, _ finish: (_ errand: Int) -> Void
  ) -> Bool {
    guard count > 0 else { return false }
    let opened = opened.load(ordering: .acquiring)
    for number in 0..<count where mayBeDone(number, opened) {
      let unit = states[number].taken.wrappingAdd(1, ordering: .relaxed).oldValue
      guard unit < states[number].units else { continue }
      work(base + number, unit)
      if states[number].left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 1 {
        finish(base + number)
        states[number].left.store(0, ordering: .releasing)
      }
      return true
    }
    return false
  }

  private func mayBeDone(_ number: Int, _ opened: Int) -> Bool {
    states[number].errand.opens <= opened
      && states[number].taken.load(ordering: .relaxed) < states[number].units
      && states[number].errand.after.allSatisfy(isDone)
  }
}
