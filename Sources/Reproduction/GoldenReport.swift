/// How a figure's metrics compare with the golden values, one row for every metric and seed.
public struct GoldenReport: Equatable, Sendable {
  /// One value.
  public struct Row: Equatable, Sendable {
    var metric: String
    var seed: UInt64
    /// Nothing if the golden values do not have it.
    var expected: Double?
    /// Nothing if the figure does not have it any more.
    var got: Double?
    /// The distance that is allowed.
    var allowed: Double
    var agrees: Bool
  }

  /// Whether every bit had to agree, because the environment is that of the golden values.
  public let isExact: Bool
  let rows: [Row]
  /// How what is drawn differs, in sentences.
  let drawing: [String]

  init(isExact: Bool, rows: [Row], drawing: [String] = []) {
    self.isExact = isExact
    self.rows = rows
    self.drawing = drawing
  }

  /// Whether all values and the drawing agree.
  public var agrees: Bool { rows.allSatisfy(\.agrees) && drawing.isEmpty }

  /// The table, and the sentence that sums it up.
  public var text: String {
    let header = ["metric", "seed", "expected", "got", "allowed", "verdict"]
    let lines =
      [header]
      + rows.map { row in
        [
          row.metric, String(row.seed), row.expected.map(\.description) ?? "–",
          row.got.map(\.description) ?? "–", isExact ? "exact" : "±\(row.allowed)",
          row.agrees ? "ok" : row.expected == nil ? "new" : row.got == nil ? "missing" : "differs",
        ]
      }
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let table = lines.map { line in
      zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingSuffix(" ") + "\n"
    }
    let failures = rows.count { !$0.agrees }
    let mode = isExact ? "to the bit (same environment)" : "within tolerances (other environment)"
    return table.joined() + drawing.map { "drawing: \($0)\n" }.joined()
      + "\(rows.count - failures) of \(rows.count) values agree, compared \(mode)\n"
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self
    while text.last == character { text.removeLast() }
    return text
  }
}
