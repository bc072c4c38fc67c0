/// Numbers in rows and columns, each with its interval and the paper's value beside it.
public struct Table: Sendable {
  var title: String
  var columns: [Column]
  package var caption: String
  var rows: [Row]

  /// A table.
  ///
  /// - Parameters:
  ///   - title: A line above.
  ///   - columns: What the cells of each column are.
  ///   - caption: Small text below: data set, budget, seeds, what ± is; markup as in `Label`.
  ///   - rows: The lines, each with a cell for every column.
  public init(
    _ title: String, columns: [Column], caption: String = "", @RowBuilder rows: () -> [Row]
  ) {
    self.title = title
    self.columns = columns
    self.caption = caption
    self.rows = rows()
    for row in self.rows {
      precondition(
        row.cells.count == columns.count,
        "row \(row.name) has \(row.cells.count) cells for \(columns.count) columns")
    }
  }

  /// What the cells of a column are and how they are written.
  public struct Column: Sendable {
    var name: String
    var digits: Int
    var best: Best

    /// Which cells are set in bold.
    public enum Best: Sendable {
      /// The greatest.
      case highest
      /// The least.
      case lowest
      /// None.
      case none
    }

    /// A column of values with a number of decimals.
    public init(_ name: String, digits: Int = 2, best: Best = .highest) {
      self.name = name
      self.digits = digits
      self.best = best
    }
  }

  /// One line of a table.
  public struct Row: Sendable {
    var name: String
    var cells: [Cell]

    /// A line with its name and a cell for every column.
    public init(_ name: String, _ cells: [Cell]) {
      self.name = name
      self.cells = cells
    }
  }

  /// What stands in one place of a table.
  public enum Cell: Sendable, Equatable {
    /// A measured value, perhaps with an interval and the value that the paper prints.
    case value(Double, ClosedRange<Double>? = nil, paper: Double? = nil)
    /// Only what the paper prints; not measured here.
    case paper(Double)
    /// Words.
    case text(String)
    /// Nothing.
    case missing

    var value: Double? {
      if case .value(let value, _, _) = self { value } else { nil }
    }

    var interval: ClosedRange<Double>? {
      if case .value(_, let interval, _) = self { interval } else { nil }
    }

    var paperValue: Double? {
      switch self {
      case .value(_, _, let paper): paper
      case .paper(let paper): paper
      case .text, .missing: nil
      }
    }
  }

  /// Collects rows written one under the other, with `if` and `for`.
  @resultBuilder
  public enum RowBuilder {
    /// One row.
    public static func buildExpression(_ row: Row) -> [Row] { [row] }
    /// Rows made elsewhere.
    public static func buildExpression(_ rows: [Row]) -> [Row] { rows }
    /// Rows in order.
    public static func buildBlock(_ parts: [Row]...) -> [Row] { parts.flatMap(\.self) }
    /// Rows of a loop.
    public static func buildArray(_ parts: [[Row]]) -> [Row] { parts.flatMap(\.self) }
    /// Rows under a condition.
    public static func buildOptional(_ part: [Row]?) -> [Row] { part ?? [] }
    /// Rows of the first alternative.
    public static func buildEither(first part: [Row]) -> [Row] { part }
    /// Rows of the second alternative.
    public static func buildEither(second part: [Row]) -> [Row] { part }
  }
}

extension Table {
  /// Whether a cell is the best of its column, as printed: equal texts are equally good.
  func isBest(row: Int, column: Int) -> Bool {
    let own = columns[column]
    guard own.best != .none, rows.count > 1, let value = rows[row].cells[column].value else {
      return false
    }
    let values = rows.compactMap(\.cells[column].value).filter(\.isFinite)
    let extreme = own.best == .highest ? values.max() : values.min()
    guard values.count > 1, let extreme else { return false }
    return TickTexts.fixed(value, digits: own.digits)
      == TickTexts.fixed(extreme, digits: own.digits)
  }

  /// Our part of a cell: the value and the half width of its interval, or both ends where not all
  /// intervals of the column are symmetric.
  func text(row: Int, column: Int) -> String {
    let digits = columns[column].digits
    switch rows[row].cells[column] {
    case .text(let text): return text
    case .missing, .paper: return "–"
    case .value(let value, let interval, _):
      guard value.isFinite else { return "not finite" }
      let own = TickTexts.fixed(value, digits: digits)
      guard let interval else { return own }
      guard hasSymmetricIntervals(column: column) else {
        return own + " [\(TickTexts.fixed(interval.lowerBound, digits: digits)), "
          + "\(TickTexts.fixed(interval.upperBound, digits: digits))]"
      }
      return own + " ± "
        + TickTexts.fixed(
          (interval.upperBound - interval.lowerBound) / 2, digits: digits)
    }
  }

  /// Whether the intervals of a column lie around their values, to a tenth of their widths.
  private func hasSymmetricIntervals(column: Int) -> Bool {
    rows.allSatisfy { row in
      guard let value = row.cells[column].value, let interval = row.cells[column].interval else {
        return true
      }
      let (below, above) = (value - interval.lowerBound, interval.upperBound - value)
      return abs(above - below) <= 0.1 * (above + below) || !value.isFinite
    }
  }

  /// The paper's part of a cell.
  func paperText(row: Int, column: Int) -> String? {
    rows[row].cells[column].paperValue.map {
      TickTexts.fixed($0, digits: columns[column].digits)
    }
  }

  /// Whether any cell of a column has a value of the paper.
  func hasPaper(column: Int) -> Bool {
    rows.contains { $0.cells[column].paperValue != nil }
  }
}
