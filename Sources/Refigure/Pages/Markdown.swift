/// Tables and paragraphs as Markdown.
enum Markdown {
  /// The longest line of a page; tables cannot be broken, so that their cells are cut.
  static let longestLine = 300

  /// A table, or a sentence if it has no rows.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "None yet.\n" }
    return line(header) + "|" + String(repeating: "---|", count: header.count) + "\n"
      + rows.map(line).joined()
  }

  /// A row of a table.
  static func line(_ cells: [String]) -> String {
    let escaped = cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }
    return "| " + escaped.joined(separator: " | ") + " |\n"
  }

  /// A paragraph broken at words, whose first line begins with a mark such as `- `.
  static func paragraph(_ text: String, mark: String = "", width: Int = 100) -> String {
    // A quotation's mark stands before every line; others make room for the following ones.
    let indent = mark.hasPrefix(">") ? mark : String(repeating: " ", count: mark.count)
    var lines: [String] = []
    var line = mark
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        (line, isEmpty) = (indent, true)
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    lines.append(line)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text of at most so many characters, cut at a word.
  static func cut(_ text: String, to length: Int) -> String {
    guard text.count > length else { return text }
    guard length > 1 else { return "" }
    let words = text.prefix(length - 1)
    return words.prefix(upTo: words.lastIndex(of: " ") ?? words.endIndex) + "…"
  }
}
