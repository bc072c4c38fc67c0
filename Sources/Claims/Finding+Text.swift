import Foundation

extension Finding: CustomStringConvertible {
  /// One line: the claim, its verdict, and the numbers of its weakest part.
  public var description: String {
    var line = "\(claim.id): \(verdict.rawValue)"
    if let part = weakestPart { line += "; " + part.summary }
    if let adjustedP { line += String(format: ", Holm p = %.2g", adjustedP) }
    line += " (\(setting))"
    if let reason { line += "; " + reason }
    return line
  }

  /// The budget, and the data where there are any.
  private var setting: String { setting(at: budget.rawValue) }

  /// The budget or preset, and the data where there are any: `standard, glyphs`.
  package func setting(at extent: String) -> String {
    [extent, data].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The header of a table of findings, two lines.
  public static var markdownHeader: String {
    """
    | claim | the paper | verdict | effect | budget, data |
    |---|---|---|---|---|
    """
  }

  /// The finding as a row of a table of findings; every criterion has a line in its cell.
  public var markdownRow: String {
    let corrected = adjustedP.map { String(format: "Holm p = %.2g", $0) }
    let cells = [
      "`\(claim.id)`",
      "\u{201C}\(claim.quotation.sentence)\u{201D} (\(claim.quotation.location))",
      ["**\(verdict.rawValue)**", reason].compactMap { $0 }.joined(separator: "<br>"),
      (parts.map(\.summary) + [corrected].compactMap { $0 }).joined(separator: "<br>"),
      setting,
    ]
    let escaped = cells.map {
      $0.replacingOccurrences(of: "|", with: "\\|").replacingOccurrences(of: "\n", with: " ")
    }
    return "| " + escaped.joined(separator: " | ") + " |"
  }
}

extension Finding.Part {
  /// The numbers on one line: effect, interval, n, p and the detectable effect.
  public var summary: String {
    var words = ["\(criterion.name):"]
    if let interval {
      words.append("\(interval)")
    } else if let effect {
      words.append(String(format: "%.4g", effect))
    }
    var numbers = count > 0 ? ["n = \(count)"] : []
    if let p { numbers.append(String(format: "p = %.2g", p)) }
    if let minimalDetectableEffect {
      numbers.append(String(format: "detectable %.2g", minimalDetectableEffect))
    }
    if let reason { numbers.append(reason) }
    return words.joined(separator: " ")
      + (numbers.isEmpty ? "" : " (\(numbers.joined(separator: ", ")))")
  }
}

extension ClaimsLedger {
  /// The ledger as a Markdown table.
  public var markdown: String {
    ([Finding.markdownHeader] + findings.map(\.markdownRow)).joined(separator: "\n") + "\n"
  }
}
