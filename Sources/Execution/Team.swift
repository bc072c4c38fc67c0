import Foundation
import Synchronization

/// Several workers on one replay: the parts of each step are shared out as they become free.
///
/// For one big step at a time, a batch of ordinary training or a Hessian-vector product; episodes
/// have a replay each, unless they are large (`Plan.Sharing`). The leader walks through the steps; helpers take parts of the step that it
/// has announced. Every other worker starts with the last part: what a worker reads is then mostly
/// what it wrote in the step before, and still in its cache. Helpers do errands first (`Errands`).
/// Who does which part changes nothing in the result, and if no helper ever comes, the leader does
/// everything.
final class Team: Sendable {
  /// The announced step, and which of its parts nobody has taken.
  private struct Announcement {
    var step: Int
    var parts: Range<Int>

    init(step: Int, parts: Range<Int>) { (self.step, self.parts) = (step, parts) }

    init(bits: UInt64) {
      step = Int(bits >> 40)
      let first = Int(bits >> 20 & 0xf_ffff)
      parts = first..<max(Int(bits & 0xf_ffff), first)
    }

    var bits: UInt64 {
      UInt64(step) << 40 | UInt64(parts.lowerBound) << 20 | UInt64(parts.upperBound)
    }

    /// Takes the first part or the last one.
    mutating func take(first: Bool) -> Int {
      let part = first ? parts.lowerBound : parts.upperBound - 1
      parts =
        first ? part + 1..<parts.upperBound : parts.lowerBound..<part
      return part
    }
  }

  private let announced = Atomic<UInt64>(0)
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

  /// Does a worker's part; the leader's is over when all steps are done.
  ///
  /// - Parameters:
  ///   - worker: its number; the leader is number 0.
  ///   - part: does one part of a step or an errand.
  ///   - finish: does what remains of a step after its last part.
  func work(
    as worker: Int, _ part: (_ step: Int, _ unit: Int) -> Void,
    finish: (_ step: Int) -> Void = { _ in }
  ) {
    if worker == 0 { lead(part, finish) } else { help(number: worker, part, finish) }
  }

  /// Announces one step after the other, and returns when all are done.
  private func lead(_ work: (_ step: Int, _ unit: Int) -> Void, _ finish: (_ step: Int) -> Void) {
    var closed = 0
    for step in first..<max(stepCount, first) {
      runErrands(&closed, closingAt: step, work, finish)
      errands.open(step)
      if agenda.units[step] == 1 {
        work(step, 0)
      } else {
        finished.store(0, ordering: .relaxed)
        announce(Announcement(step: step, parts: 0..<agenda.units[step]))
        while take(first: true, work) {}
        var spins = 0
        while finished.load(ordering: .acquiring) < agenda.units[step] { Self.pause(&spins) }
      }
      finish(step)
    }
    runErrands(&closed, closingAt: stepCount, work, finish)
    announce(Announcement(step: stepCount, parts: 0..<0))
  }

  /// Sees to it that the errands are done that must be before a step.
  ///
  /// `closed`: how many are.
  private func runErrands(
    _ closed: inout Int, closingAt step: Int, _ work: (Int, Int) -> Void, _ finish: (Int) -> Void
  ) {
    while closed < errands.count, errands.mustBeDone(closed, before: step) {
      var spins = 0
      while !errands.isDone(closed) {
        if !errands.take(work, finish) { Self.pause(&spins) }
      }
      closed += 1
    }
  }

  /// Takes parts of errands, or else of whatever is announced, until the leader is done.
  private func help(
    number: Int, _ work: (_ step: Int, _ unit: Int) -> Void, _ finish: (_ step: Int) -> Void
  ) {
    var spins = 0
    while Announcement(bits: announced.load(ordering: .acquiring)).step < stepCount {
      if errands.take(work, finish) || take(first: number % 2 == 0, work) {
        spins = 0
      } else {
        Self.pause(&spins)
      }
    }
  }

  private func announce(_ announcement: Announcement) {
    announced.store(announcement.bits, ordering: .releasing)
  }

  /// Does a part of the announced step, if one is left.
  private func take(first: Bool, _ work: (Int, Int) -> Void) -> Bool {
    var seen = announced.load(ordering: .acquiring)
    while true {
      var announcement = Announcement(bits: seen)
      guard !announcement.parts.isEmpty else { return false }
      let part = announcement.take(first: first)
      let (exchanged, original) = announced.compareExchange(
        expected: seen, desired: announcement.bits, ordering: .acquiringAndReleasing)
      if exchanged {
        work(announcement.step, part)
        finished.wrappingAdd(1, ordering: .releasing)
        return true
      }
      seen = original
    }
  }

  /// Waits a little; after a while lets others have the processor.
  static func pause(_ spins: inout Int) {
    spins += 1
    if spins > 4_000 {
      sched_yield()
    }
  }
}
