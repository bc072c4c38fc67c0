/// Words in columns, for a terminal.
struct TextTable {
  private var rows: [[String]] = []

  init(_ header: String...) {
    if !header.isEmpty { rows.append(header) }
  }

  var isEmpty: Bool { rows.isEmpty }

  mutating func append(_ cells: String...) { rows.append(cells) }

  /// One line for each row, every column as wide as its widest word; the last is left as it is.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.filter { $0.count > column + 1 }.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}

/// Numbers as people say them.
enum Spoken {
  /// `1.2 GB`.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return
      (value >= 10 || unit == 0
      ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)") + " " + units[unit]
  }

  /// `40 s`, `3 min`, `2.5 h`.
  static func seconds(_ seconds: Double) -> String {
    if seconds < 1 { return "less than 1 s" }
    if seconds < 120 { return "\(Int(seconds.rounded())) s" }
    if seconds < 7200 { return "\(Int((seconds / 60).rounded())) min" }
    return "\((seconds / 360).rounded() / 10) h"
  }

  /// `about 3 min`.
  static func about(_ seconds: Double) -> String {
    (seconds < 1 ? "" : "about ") + Self.seconds(seconds)
  }

  /// `1 run`, `3 runs`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
