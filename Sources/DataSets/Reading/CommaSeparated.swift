/// The lines of a file of fields with commas between: quoted or not, with blanks around them or not,
/// in UTF-8 or UTF-16, with a first line of headings or without.
struct CommaSeparated {
  struct Row {
    /// The number of the line, from 1.
    let line: Int
    let fields: [String]
  }

  /// The lines that are not empty and not the headings `filename,label`.
  let rows: [Row]

  /// - Throws: ``DataError`` if the file cannot be read or is no text.
  init(_ file: DataFile) throws { rows = try Self.rows(of: try file.bytes(), path: file.path) }

  static func rows(of bytes: [UInt8], path: String) throws -> [Row] {
    guard let text = text(of: bytes) else {
      throw DataError.unreadable(
        file: path, reason: "it is neither UTF-8 nor UTF-16", remedy: "Save it as UTF-8")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let rows = lines.enumerated().compactMap { index, line -> Row? in
      let fields = fields(of: line)
      return fields == [""] ? nil : Row(line: index + 1, fields: fields)
    }
    let headings = rows.first?.fields.map { $0.lowercased() } == ["filename", "label"]
    return headings ? Array(rows.dropFirst()) : rows
  }

  private static func text(of bytes: [UInt8]) -> String? {
    switch (bytes.first, bytes.dropFirst().first) {
    case (0xFF, 0xFE): return wide(bytes) { UInt16($0) | UInt16($1) << 8 }
    case (0xFE, 0xFF): return wide(bytes) { UInt16($0) << 8 | UInt16($1) }
    default:
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      return String(
        validating: bytes.starts(with: mark) ? bytes[3...] : bytes[...], as: UTF8.self)
    }
  }

  private static func wide(_ bytes: [UInt8], _ unit: (UInt8, UInt8) -> UInt16) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let units = stride(from: 2, to: bytes.count, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
    return String(validating: units, as: UTF16.self)
  }

  /// The fields of a line, without the blanks and quotes around them; two quotes are one.
  private static func fields(of line: Substring) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    var wasQuoted = false
    var rest = line[...]
    func finished() -> String { wasQuoted ? field : trimmed(field) }
    while let character = rest.popFirst() {
      switch character {
      case "\"" where isQuoted && rest.first == "\"":
        rest.removeFirst()
        field.append(character)
      case "\"" where isQuoted: isQuoted = false
      case "\"" where trimmed(field).isEmpty && !wasQuoted:
        (field, isQuoted, wasQuoted) = ("", true, true)
      case "," where !isQuoted:
        fields.append(finished())
        (field, wasQuoted) = ("", false)
      // Blanks between a closing quote and the comma belong to neither.
      case _ where wasQuoted && !isQuoted && character.isWhitespace: continue
      default: field.append(character)
      }
    }
    return fields + [finished()]
  }

  private static func trimmed(_ field: String) -> String {
    let start = field.drop(while: \.isWhitespace)
    let end = start.lastIndex { !$0.isWhitespace }
    return end.map { String(start[...$0]) } ?? ""
  }
}
