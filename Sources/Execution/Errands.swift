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
    let opens: Int
    /// Errands that must be done before and are not.
    let awaited: Atomic<Int>
    let announcement: Announcement
    /// Parts that are not done, and one more until what remains after them is.
    let left: Atomic<Int>

    init(_ number: Int, in agenda: Agenda) {
      let (errand, step) = (agenda.errands[number], agenda.stepCount + number)
      opens = errand.opens
      awaited = Atomic(errand.after.count)
      // Somebody has to say that an errand is done, also one without parts.
      let parts = max(agenda.units[step], 1)
      announcement = Announcement(step: step, parts: parts)
      left = Atomic(parts + 1)
    }
  }

  let count: Int
  private let agenda: Agenda
  private nonisolated(unsafe) let states: UnsafeMutablePointer<State>
  /// The step that the leader has come to.
  private let opened = Atomic<Int>(-1)
  /// The first errand of which there may be parts that nobody has taken.
  private let first = Atomic<Int>(0)

  init(_ agenda: Agenda) {
    self.agenda = agenda
    count = agenda.errands.count
    states = .allocate(capacity: max(count, 1))
    for number in 0..<count {
      (states + number).initialize(to: State(number, in: agenda))
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
    agenda.errands[number].closes <= step
  }

  func isDone(_ number: Int) -> Bool { states[number].left.load(ordering: .acquiring) == 0 }

  /// Does a part of the first errand that may be done, if there is one.
  func take(fromStart: Bool, _ work: Team.Work, _ finish: Team.Finish) -> Bool {
    let start = first.load(ordering: .relaxed)
    guard start < count else { return false }
    let opened = opened.load(ordering: .acquiring)
    for number in start..<count {
      if states[number].announcement.isTaken {
        if number == first.load(ordering: .relaxed) { first.store(number + 1, ordering: .relaxed) }
        continue
      }
      guard states[number].opens <= opened, states[number].awaited.load(ordering: .acquiring) == 0,
        let (step, part) = states[number].announcement.take(first: fromStart)
      else { continue }
      if part < agenda.units[step] { work(step, part) }
      if states[number].left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 1 {
        finish(step)
        complete(number)
      }
      return true
    }
    return false
  }

  private func complete(_ number: Int) {
    states[number].left.store(0, ordering: .releasing)
    for other in agenda.waiting[number] {
      states[other].awaited.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    }
  }
}
