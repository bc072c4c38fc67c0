import Foundation
import Synchronization

/// Several workers on one replay: the parts of each step are shared out as they become free.
///
/// For one big step at a time, a batch of ordinary training or a Hessian-vector product; episodes
/// have a replay each, unless they are large (`Plan.Sharing`). The leader walks through the steps;
/// helpers take parts of the step that it has announced, every other one from the end. Helpers do
/// errands first (`Errands`). Who does which part changes nothing in the result, and if no helper
/// ever comes, the leader does everything.
final class Team: Sendable {
  /// Does a part of a step, or of an errand by its number after the steps.
  typealias Work = (_ step: Int, _ part: Int) -> Void
  /// Does what remains of a step after its last part.
  typealias Finish = (_ step: Int) -> Void

  private let announcement = Announcement(step: 0, parts: 0)
  private let finished = Atomic<Int>(0)
  private let agenda: Agenda
  /// The first step to do.
  private let first: Int
  private let errands: Errands

  /// Workers for one replay.
  ///
  /// `first`: the first step to do.
  init(_ agenda: Agenda, from first: Int = 0) {
    self.agenda = agenda
    self.first = first
    errands = Errands(agenda)
  }

  private var stepCount: Int { agenda.stepCount }

  /// Does a worker's part, the leader's if its number is 0: that is over when all steps are done.
  func work(as worker: Int, _ work: Work, finish: Finish = { _ in }) {
    if worker == 0 { lead(work, finish) } else { help(fromStart: worker % 2 == 0, work, finish) }
  }

  /// Announces one step after the other, and returns when all are done.
  private func lead(_ work: Work, _ finish: Finish) {
    var closed = 0
    for step in first..<max(stepCount, first) {
      runErrands(&closed, closingAt: step, work, finish)
      errands.open(step)
      let parts = agenda.units[step]
      if parts == 1 {
        work(step, 0)
      } else {
        finished.store(0, ordering: .relaxed)
        announcement.renew(step: step, parts: parts)
        while take(fromStart: true, work) {}
        var spins = 0
        while finished.load(ordering: .acquiring) < parts { Self.pause(&spins) }
      }
      finish(step)
    }
    runErrands(&closed, closingAt: stepCount, work, finish)
    announcement.renew(step: stepCount, parts: 0)
  }

  /// Sees to it that the errands are done that must be before a step.
  ///
  /// `closed`: how many are.
  private func runErrands(
    _ closed: inout Int, closingAt step: Int, _ work: Work, _ finish: Finish
  ) {
    while closed < errands.count, errands.mustBeDone(closed, before: step) {
      var spins = 0
      while !errands.isDone(closed) {
        if !errands.take(fromStart: true, work, finish) { Self.pause(&spins) }
      }
      closed += 1
    }
  }

  /// Takes parts of errands, or else of whatever is announced, until the leader is done.
  private func help(fromStart: Bool, _ work: Work, _ finish: Finish) {
    var spins = 0
    while announcement.step < stepCount {
      if errands.take(fromStart: fromStart, work, finish) || take(fromStart: fromStart, work) {
        spins = 0
      } else {
        Self.pause(&spins)
      }
    }
  }

  /// Does a part of the announced step, if one is left.
  private func take(fromStart: Bool, _ work: Work) -> Bool {
    guard let (step, part) = announcement.take(first: fromStart) else { return false }
    work(step, part)
    finished.wrappingAdd(1, ordering: .releasing)
    return true
  }

  /// Waits a little; after a while lets others have the processor.
  static func pause(_ spins: inout Int) {
    spins += 1
    if spins > 4_000 {
      sched_yield()
    }
  }
}
