import Foundation

/// Tells on standard error how far the work is, and what is worth a warning.
///
/// On a terminal there is one line, rewritten in place; elsewhere a plain line every ten seconds.
/// Nothing that is reported reaches a result.
public struct ProgressReporter: Sendable {
  /// How much is told, and for whom.
  public enum Style: Equatable, Sendable {
    /// Warnings only.
    case quiet
    /// Plain lines, now and then.
    case log
    /// One line of at most this many characters, rewritten in place.
    case terminal(columns: Int)
  }

  /// How much is told.
  public let style: Style
  let write: @Sendable (String) -> Void
  let now: @Sendable () -> Duration

  init(
    style: Style, write: @escaping @Sendable (String) -> Void,
    now: @escaping @Sendable () -> Duration
  ) {
    self.style = style
    self.write = write
    self.now = now
  }

  /// Reports on standard error, in the style that fits what it is connected to.
  public static func standardError(isQuiet: Bool = false) -> ProgressReporter {
    let origin = ContinuousClock.now
    return ProgressReporter(
      style: isQuiet ? .quiet : styleOfStandardError(),
      // How far the work is matters to nobody who cannot read it.
      write: { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) },
      now: { ContinuousClock.now - origin })
  }

  /// Reports nothing at all; for tests.
  public static let silent = ProgressReporter(style: .quiet, write: { _ in }, now: { .zero })

  /// Begins a piece of work of a known size, of which a resumed run has done a part before.
  public func stage(_ title: String, total: Int, done: Int = 0) -> ProgressStage {
    ProgressStage(title, total: total, done: done, reporter: self)
  }

  /// Says one thing, unless quiet.
  public func note(_ text: String) {
    if style != .quiet { writeLine(text) }
  }

  /// Warns, even when quiet.
  public func warn(_ text: String) { writeLine("warning: \(text)") }

  private func writeLine(_ text: String) {
    if case .terminal = style { write("\r\u{1B}[K\(text)\n") } else { write("\(text)\n") }
  }

  /// Whether a terminal understands, and its user wants, more than plain lines.
  static func allowsSequences(_ variables: [String: String]) -> Bool {
    // no-color.org: any value counts but the empty one.
    variables["TERM"] != "dumb" && (variables["NO_COLOR"] ?? "").isEmpty
  }

  private static func styleOfStandardError() -> Style {
    guard isatty(STDERR_FILENO) == 1, allowsSequences(ProcessInfo.processInfo.environment) else {
      return .log
    }
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return .terminal(columns: isKnown ? Int(size.ws_col) - 1 : 79)
  }
}
