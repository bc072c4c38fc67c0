import Foundation

/// Data with one observation in each row and one variable in each column: what the CSV file holds.
public struct TidyTable: Equatable, Sendable {
  /// One value of one observation.
  public enum Cell: Equatable, Sendable {
    /// A word, such as the name of a method.
    case text(String)
    /// A count, an epoch, a seed.
    case integer(Int)
    /// A measured value.
    case number(Double)
  }

  /// The names of the variables.
  public let columns: [String]
  /// The observations.
  public private(set) var rows: [[Cell]] = []

  /// A table without rows.
  public init(columns: [String]) { self.columns = columns }

  /// Adds one observation: a value for every column.
  public mutating func append(_ row: [Cell]) {
    precondition(
      row.count == columns.count, "\(row.count) values do not fill the columns \(columns)")
    rows.append(row)
  }

  /// The table as comma-separated values (RFC 4180, lines ending in a line feed).
  ///
  /// Numbers have the shortest digits that read back to the same bits.
  public var csv: String {
    ([columns.map(Self.quoted)] + rows.map { $0.map(\.csv) })
      .map { $0.joined(separator: ",") + "\n" }.joined()
  }

  fileprivate static func quoted(_ text: String) -> String {
    // By bytes: a carriage return before a line feed is one character with it.
    guard text.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}

extension TidyTable.Cell {
  fileprivate var csv: String {
    switch self {
    case .text(let text): TidyTable.quoted(text)
    case .integer(let integer): String(integer)
    case .number(let number): number.description
    }
  }
}

extension TidyTable.Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral
{
  /// A word.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A count.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A measured value.
  public init(floatLiteral value: Double) { self = .number(value) }
}
