import Synchronization

/// One piece of work under way: how much of it is done and when it will be.
///
/// The time left follows from the rate since the stage began, on a clock that never jumps.
public final class ProgressStage: Sendable {
  private let title: String
  private let total: Int
  private let doneBefore: Int
  private let reporter: ProgressReporter
  private let start: Duration
  private let lastLine: Atomic<Int64>

  init(_ title: String, total: Int, done: Int, reporter: ProgressReporter) {
    self.title = title
    self.total = total
    self.reporter = reporter
    doneBefore = done
    start = reporter.now()
    lastLine = Atomic(start.milliseconds)
  }

  /// Says that so many of the total are done; the line appears when its time has come.
  public func advance(to done: Int, note: @autoclosure () -> String = "") {
    let now = reporter.now()
    let last = lastLine.load(ordering: .relaxed)
    let pause: Int64 = if case .terminal = reporter.style { 100 } else { 10_000 }
    guard reporter.style != .quiet, now.milliseconds - last >= pause,
      lastLine.compareExchange(
        expected: last, desired: now.milliseconds, ordering: .relaxed
      ).exchanged
    else { return }
    var line = "\(title)  \(done)/\(total)"
    if done > doneBefore {
      let rate = (now - start) / Double(done - doneBefore)
      line += "  \((rate * Double(max(total - done, 0))).clock) left"
    }
    let note = note()
    if !note.isEmpty { line += "  \(note)" }
    if case .terminal(let columns) = reporter.style {
      reporter.write("\r\u{1B}[K\(line.prefix(columns))")
    } else {
      reporter.write("\(line)\n")
    }
  }

  /// Clears the line, or says how long the stage took where lines stay.
  public func finish() {
    let elapsed = reporter.now() - start
    switch reporter.style {
    case .quiet: break
    case .terminal: reporter.write("\r\u{1B}[K")
    case .log where elapsed >= .seconds(10):
      reporter.write("\(title)  done in \(elapsed.clock)\n")
    case .log: break
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  /// Hours, minutes and seconds: `1:02:03`, `0:07`.
  fileprivate var clock: String {
    let seconds = Int((self / .seconds(1)).rounded(.up))
    let twoDigits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return (hours > 0 ? "\(hours):\(twoDigits(minutes))" : "\(minutes)")
      + ":\(twoDigits(seconds % 60))"
  }
}
