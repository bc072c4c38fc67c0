/// The names of series beside samples of how they are drawn.
struct Legend {
  struct Entry {
    var text: String
    var item: Plot.Item
  }

  var entries: [Entry]
  var font = Font(size: Style.legendSize)

  private static let sampleWidth = 17.0
  private static let sampleHeight = 6.0
  private static let gap = 4.0
  private static let padding = 3.0
  private static let columnGap = 12.0

  private var lineHeight: Double { font.size * 1.42 }

  /// The labelled marks of plots, each label once.
  init(of plots: [Plot]) {
    entries = []
    for item in plots.flatMap(\.items) {
      guard let text = item.mark.settings.label, !text.isEmpty else { continue }
      let isKnown = entries.contains { $0.text == text && $0.item.look == item.look }
      if !isKnown { entries.append(Entry(text: text, item: item)) }
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The size of the legend as a box of one column.
  func boxSize(on canvas: any Canvas) -> Size {
    let widest = entries.map { canvas.size(of: label($0)).width }.max() ?? 0
    return Size(
      width: Self.sampleWidth + Self.gap + widest + 2 * Self.padding,
      height: lineHeight * Double(entries.count) + Self.padding)
  }

  func drawBox(_ box: Rect, on canvas: any Canvas) {
    canvas.fill(Path(box), with: Color.paper.opacity(0.85))
    for (index, entry) in entries.enumerated() {
      let middle = box.top + Self.padding / 2 + lineHeight * (Double(index) + 0.5)
      draw(entry, at: Point(box.left + Self.padding, middle), on: canvas)
    }
  }

  /// The height of the legend as rows within a width.
  func rowsHeight(within width: Double, on canvas: any Canvas) -> Double {
    isEmpty ? 0 : Double(rows(within: width, on: canvas).count) * lineHeight
  }

  /// Draws rows from an upper left corner; `centred` puts each row in the middle of the width.
  func drawRows(at corner: Point, width: Double, centred: Bool, on canvas: any Canvas) {
    for (index, row) in rows(within: width, on: canvas).enumerated() {
      let used = row.reduce(-Self.columnGap) { $0 + $1.width + Self.columnGap }
      var x = corner.x + (centred ? max((width - used) / 2, 0) : 0)
      for (entry, width) in row {
        draw(entry, at: Point(x, corner.y + lineHeight * (Double(index) + 0.5)), on: canvas)
        x += width + Self.columnGap
      }
    }
  }

  private func rows(
    within width: Double, on canvas: any Canvas
  ) -> [[(entry: Entry, width: Double)]] {
    var rows: [[(entry: Entry, width: Double)]] = []
    var used = Double.infinity
    for entry in entries {
      let own = Self.sampleWidth + Self.gap + canvas.size(of: label(entry)).width
      if used + Self.columnGap + own > width {
        rows.append([(entry, own)])
        used = own
      } else {
        rows[rows.count - 1].append((entry, own))
        used += Self.columnGap + own
      }
    }
    return rows
  }

  private func draw(_ entry: Entry, at left: Point, on canvas: any Canvas) {
    let box = Rect(
      x: left.x, y: left.y - Self.sampleHeight / 2, width: Self.sampleWidth,
      height: Self.sampleHeight)
    let unit = Scale(spacing: .linear, limits: 0...1, start: 0, end: 1)
    let frame = Frame(
      canvas: canvas, area: box, projection: Projection(x: unit, y: unit), look: entry.item.look,
      slot: entry.item.slot)
    canvas.group("legend", in: nil) {
      entry.item.mark.drawSample(in: box, of: frame)
      canvas.write(
        label(entry), at: Point(box.right + Self.gap, left.y), anchor: .left)
    }
  }

  private func label(_ entry: Entry) -> Label {
    Label(entry.text, font)
  }
}
