import Experiments
import Foundation
import Reproduction

/// A Markdown page with tables that are generated, each between two comments.
///
/// ```
/// <!-- generated: claims -->
/// | claim | …
/// <!-- end -->
/// ```
struct GeneratedPage {
  let file: URL
  private(set) var text: String

  /// The page in a file.
  init(_ file: URL) throws {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw FigureError.failed("cannot read \(file.path); restore it from the repository")
    }
    self.file = file
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// Puts tables where the comments say; whether anything changed.
  mutating func renew(with tables: [String: String]) throws -> Bool {
    let old = text
    var lines: [Substring] = []
    var open: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let name = line.wholeMatch(of: /<!-- generated: ([a-z-]+) -->/)?.output.1 {
        guard open == nil, let table = tables[String(name)] else {
          throw FigureError.failed("\(file.path): there is no table “\(name)” to put there")
        }
        open = name
        lines.append(line)
        lines += table.split(separator: "\n", omittingEmptySubsequences: false)
          .dropLast(table.hasSuffix("\n") ? 1 : 0)
      } else if line == "<!-- end -->", open != nil {
        open = nil
        lines.append(line)
      } else if open == nil {
        lines.append(line)
      }
    }
    guard open == nil else {
      throw FigureError.failed("\(file.path): “generated: \(open ?? "")” has no end")
    }
    text = lines.joined(separator: "\n")
    return text != old
  }

  func write() throws { try AtomicFile.write(Data(text.utf8), to: file) }
}
