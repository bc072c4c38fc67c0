extension Table {
  /// The table in Markdown; the paper's values in brackets, the best in bold.
  package var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    var result = title.isEmpty ? "" : "**\(title)**\n\n"
    result += line([""] + columns.map(\.name))
    result += "|---|" + columns.map { _ in "---:|" }.joined() + "\n"
    for (row, content) in rows.enumerated() {
      let cells = columns.indices.map { column in
        let own = text(row: row, column: column)
        let paper = paperText(row: row, column: column).map { " (paper \($0))" } ?? ""
        return (isBest(row: row, column: column) ? "**\(own)**" : own) + paper
      }
      result += line([content.name] + cells)
    }
    return result + (caption.isEmpty ? "" : "\n\(caption)\n")
  }

  /// The cells as tidy CSV (RFC 4180, plain line feeds): one line each, numbers in full precision.
  package var csv: String {
    func field(_ text: String) -> String {
      let isPlain = !text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    var result = "row,column,value,lower,upper,paper\n"
    for row in rows {
      for (column, cell) in zip(columns, row.cells) {
        let numbers = [
          cell.value, cell.interval?.lowerBound, cell.interval?.upperBound,
          cell.paperValue,
        ].map { $0.map { "\($0)" } ?? "" }
        var fields = [field(row.name), field(column.name)] + numbers
        if case .text(let text) = cell { fields[2] = field(text) }
        result += fields.joined(separator: ",") + "\n"
      }
    }
    return result
  }
}
