/// Finds out which parts of an area are drawn on, so that legends and insets can keep clear.
final class InkCanvas: Canvas {
  private let area: Rect
  private let columns: Int
  private let rows: Int
  private var cells: [Bool]
  private let ruler: any Canvas

  /// The side of a cell in points.
  private static let cell = 2.5

  /// - Parameters:
  ///   - area: The part of the page that matters.
  ///   - ruler: Measures text.
  init(area: Rect, ruler: any Canvas) {
    self.area = area
    self.ruler = ruler
    columns = max(Int(area.width / Self.cell), 1)
    rows = max(Int(area.height / Self.cell), 1)
    cells = [Bool](repeating: false, count: columns * rows)
  }

  /// The part of a rectangle that is drawn on, from 0 to 1.
  func coverage(of rect: Rect) -> Double {
    var count = 0
    var inked = 0
    each(in: rect) { index in
      count += 1
      inked += cells[index] ? 1 : 0
    }
    return count == 0 ? 0 : Double(inked) / Double(count)
  }

  /// Makes a rectangle count as drawn on.
  func occupy(_ rect: Rect) {
    each(in: rect) { cells[$0] = true }
  }

  func stroke(_ path: Path, with pen: Pen) {
    for line in path.lines {
      let points = line.points + (line.isClosed ? Array(line.points.prefix(1)) : [])
      for (a, b) in zip(points, points.dropFirst()) {
        let length = max(abs(b.x - a.x), abs(b.y - a.y))
        let steps = max(Int(min(length, 5000) / Self.cell * 2), 1)
        for step in 0...steps {
          let part = Double(step) / Double(steps)
          touch(a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part)
        }
      }
    }
  }

  func fill(_ path: Path, with color: Color) {
    for row in 0..<rows {
      let y = area.y + (Double(row) + 0.5) * Self.cell
      var crossings: [Double] = []
      for line in path.lines {
        for (a, b) in zip(line.points, line.points.dropFirst() + line.points.prefix(1))
        where (a.y <= y) != (b.y <= y) {
          crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
        }
      }
      crossings.sort()
      for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
        each(
          in: Rect(
            x: crossings[pair], y: y, width: crossings[pair + 1] - crossings[pair], height: 0)
        ) { cells[$0] = true }
      }
    }
  }

  func mark(_ marker: Marker, at center: Point, size: Double, color: Color) {
    occupy(Rect(x: center.x - size / 2, y: center.y - size / 2, width: size, height: size))
  }

  func write(_ label: Label, at point: Point, anchor: Anchor, angle: Double) {
    let size = ruler.size(of: label)
    occupy(
      Rect(
        x: point.x - anchor.x * size.width, y: point.y - anchor.y * size.height,
        width: size.width, height: size.height))
  }

  func paint(_ cells: Raster, in rect: Rect) {
    occupy(rect)
  }

  func clip(to rect: Rect, _ body: () -> Void) {
    body()
  }

  func group(_ name: String, in projection: Projection?, _ body: () -> Void) {
    body()
  }

  func extents(of text: String, in font: Font) -> TextExtents {
    ruler.extents(of: text, in: font)
  }

  private func touch(_ x: Double, _ y: Double) {
    let column = ((x - area.x) / Self.cell).rounded(.down)
    let row = ((y - area.y) / Self.cell).rounded(.down)
    guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { return }
    cells[Int(row) * columns + Int(column)] = true
  }

  private func each(in rect: Rect, _ body: (Int) -> Void) {
    func bounds(_ low: Double, _ high: Double, _ count: Int) -> Range<Int> {
      let first = min(max((low / Self.cell).rounded(.down), 0), Double(count))
      let last = min(max((high / Self.cell).rounded(.down) + 1, first), Double(count))
      return Int(first)..<Int(last)
    }
    for row in bounds(rect.top - area.y, rect.bottom - area.y, rows) {
      for column in bounds(rect.left - area.x, rect.right - area.x, columns) {
        body(row * columns + column)
      }
    }
  }
}
