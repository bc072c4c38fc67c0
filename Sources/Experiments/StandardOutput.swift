import Foundation

/// The process's standard output, of which every byte is written or an error says why not.
///
/// Nothing waits in a buffer whose loss nobody would hear of: this is the one place that prints.
package enum StandardOutput {
  /// Writes some text.
  package static func write(_ text: String) throws(OutputError) {
    var text = text
    let code = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let count = Foundation.write(
          STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
    switch code {
    case 0: return
    case EPIPE: throw .nobodyReads
    default: throw .failed(reason: String(cString: strerror(code)))
    }
  }

  /// Writes some text and ends the line.
  package static func writeLine(_ text: String) throws(OutputError) { try write(text + "\n") }

  /// Makes every one of the three standard descriptors that is closed one that cannot be used.
  ///
  /// Otherwise the next file that is opened would get its number, and what is printed would be
  /// written into that file. To be called before anything is opened.
  package static func occupyClosedDescriptors() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is this one, and the wrong direction makes each use fail.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}

/// Why something could not be printed.
package enum OutputError: Error, Equatable, CustomStringConvertible {
  /// Whoever was reading has read enough; nothing to complain about.
  case nobodyReads
  /// The system's reason.
  case failed(reason: String)

  /// The exit code of a process that stops because nobody reads on, as if SIGPIPE had ended it.
  package static let codeIfNobodyReads: Int32 = 128 + SIGPIPE

  /// The message for the user, on one line.
  package var description: String {
    switch self {
    case .nobodyReads: "nobody reads the standard output"
    case .failed(let reason):
      "cannot write the standard output: \(reason); redirect it to where there is space"
    }
  }
}
