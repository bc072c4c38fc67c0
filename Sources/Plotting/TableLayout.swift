/// The measured columns of a table on its page.
struct TableLayout {
  /// One column: ours, and the paper's in grey at its right.
  struct Column {
    var right: Double
    var paperRight: Double?
    var left: Double
  }

  static let font = Font(size: Style.labelSize)
  static let rowHeight = 13.0
  static let gap = 16.0
  static let paperGap = 7.0

  var size: Size
  var title: Label?
  var caption: Label?
  var columns: [Column] = []
  /// The upper rule; below it names, below these, if the paper's values are shown, "ours, paper".
  var top: Double
  var hasPaper: Bool
  var headHeight: Double { Self.rowHeight * (hasPaper ? 2 : 1) + 3 }
  var bodyTop: Double { top + headHeight + 3 }

  init(of table: Table, on canvas: any Canvas) {
    func width(_ text: String, bold: Bool = false) -> Double {
      canvas.size(of: Label(text, Font(size: Self.font.size, isBold: bold))).width
    }
    let margin = Style.pageMargin
    hasPaper = table.columns.indices.contains { table.hasPaper(column: $0) }
    var x = margin + (table.rows.map { width($0.name) }.max() ?? 0) + 4
    for (column, content) in table.columns.enumerated() {
      let left = x + Self.gap
      let showsPaper = table.hasPaper(column: column)
      // Measured in bold, so that the best cell fits as well.
      let own = table.rows.indices.map { width(table.text(row: $0, column: column), bold: true) }
      let theirs = table.rows.indices.compactMap {
        table.paperText(row: $0, column: column).map { width($0) }
      }
      var ownWidth = (own + (showsPaper ? [width("ours")] : [])).max() ?? 0
      let paperWidth = showsPaper ? (theirs + [width("paper")]).max() ?? 0 : 0
      let extra = showsPaper ? Self.paperGap + paperWidth : 0
      ownWidth = max(ownWidth, width(content.name, bold: true) - extra)
      columns.append(
        Column(
          right: left + ownWidth, paperRight: showsPaper ? left + ownWidth + extra : nil,
          left: left))
      x = left + ownWidth + extra
    }
    let inner = max(x - margin, 220)
    top = margin
    if !table.title.isEmpty {
      let label = canvas.wrapped(table.title, to: inner) {
        Label($0, Font(size: Style.titleSize, isBold: true))
      }
      title = label
      top += canvas.size(of: label).height + 7
    }
    size = Size(width: inner + 2 * margin, height: 0)
    size.height = bodyTop + Self.rowHeight * Double(table.rows.count) + 3
    if !table.caption.isEmpty {
      let label = canvas.wrapped(table.caption, to: inner) {
        Label($0, Font(size: Style.captionSize), .quiet)
      }
      caption = label
      size.height += canvas.size(of: label).height + 7
    }
    size.height += margin
  }
}

extension Table: Page {
  package func size(on canvas: any Canvas) -> Size {
    TableLayout(of: self, on: canvas).size
  }

  package func draw(on canvas: any Canvas) {
    let layout = TableLayout(of: self, on: canvas)
    let left = Style.pageMargin
    let right = layout.size.width - Style.pageMargin
    let bold = Font(size: TableLayout.font.size, isBold: true)
    func rule(_ y: Double, _ width: Double) {
      canvas.stroke(Path([Point(left, y), Point(right, y)]), with: Pen(color: .ink, width: width))
    }
    func line(_ top: Double) -> Double { top + TableLayout.rowHeight / 2 }

    if let title = layout.title {
      canvas.write(title, at: Point(left, left), anchor: .topLeft)
    }
    rule(layout.top, 1)
    for (content, column) in zip(columns, layout.columns) {
      canvas.write(
        Label(content.name, bold),
        at: Point(column.paperRight ?? column.right, line(layout.top + 1.5)), anchor: .right)
      guard let paperRight = column.paperRight else { continue }
      let second = line(layout.top + 1.5 + TableLayout.rowHeight)
      canvas.write(
        Label("ours", TableLayout.font, .ink), at: Point(column.right, second), anchor: .right)
      canvas.write(
        Label("paper", TableLayout.font, .quiet), at: Point(paperRight, second), anchor: .right)
    }
    rule(layout.top + layout.headHeight, 0.6)

    for (row, content) in rows.enumerated() {
      let y = line(layout.bodyTop + TableLayout.rowHeight * Double(row))
      canvas.group("row \(row + 1)", in: nil) {
        canvas.write(Label(content.name, TableLayout.font), at: Point(left, y), anchor: .left)
        for (index, column) in layout.columns.enumerated() {
          let font = isBest(row: row, column: index) ? bold : TableLayout.font
          canvas.write(
            Label(text(row: row, column: index), font), at: Point(column.right, y), anchor: .right)
          if let paper = paperText(row: row, column: index), let place = column.paperRight {
            canvas.write(
              Label(paper, TableLayout.font, .quiet), at: Point(place, y), anchor: .right)
          }
        }
      }
    }
    let bottom = layout.bodyTop + TableLayout.rowHeight * Double(rows.count) + 2
    rule(bottom, 1)
    if let caption = layout.caption {
      canvas.write(caption, at: Point(left, bottom + 6), anchor: .topLeft)
    }
  }
}
