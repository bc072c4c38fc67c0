import Experiments
import Foundation

/// What was checked, in the form that continuous-integration servers show: JUnit's XML.
struct JUnitReport {
  /// One thing that was checked.
  struct Case {
    /// What came of it.
    enum Outcome: Equatable {
      case passed
      /// Not as it should be; why.
      case failed(String)
      /// Nothing could be said; why.
      case skipped(String)
    }

    /// What it belongs to, with dots: `guiroy2019.fig5-coherence`.
    var group: String
    var name: String
    var seconds = 0.0
    var outcome: Outcome
    /// What it printed.
    var output = ""
  }

  var name: String
  var cases: [Case]

  /// The file's content.
  var xml: String {
    let failed = cases.count { if case .failed = $0.outcome { true } else { false } }
    let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
    let time = Self.time(cases.reduce(0) { $0 + $1.seconds })
    let counts = "tests=\"\(cases.count)\" failures=\"\(failed)\" errors=\"0\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name=\(Self.quoted(name)) \(counts) time="\(time)">
      <testsuite name=\(Self.quoted(name)) \(counts) skipped="\(skipped)" time="\(time)">

      """ + cases.map(Self.element).joined() + "</testsuite>\n</testsuites>\n"
  }

  /// Writes the file; its folder is made if it is not there.
  func write(to path: String) throws {
    let file = URL(filePath: path)
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(Data(xml.utf8), to: file)
  }

  private static func element(_ part: Case) -> String {
    let opening =
      "<testcase classname=\(quoted(part.group)) name=\(quoted(part.name)) "
      + "time=\"\(time(part.seconds))\">"
    let outcome =
      switch part.outcome {
      case .passed: ""
      case .failed(let why): "<failure message=\(quoted(why))/>"
      case .skipped(let why): "<skipped message=\(quoted(why))/>"
      }
    let output = part.output.isEmpty ? "" : "<system-out>\(escaped(part.output))</system-out>"
    return opening + outcome + output + "</testcase>\n"
  }

  private static func time(_ seconds: Double) -> String { String(format: "%.3f", seconds) }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// The text without what has a meaning in XML, and without what XML cannot hold at all.
  private static func escaped(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter {
          $0.value >= 0x20 && $0.value != 0xFFFE && $0.value != 0xFFFF
            || "\n\t".unicodeScalars.contains($0)
        })
    ).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
