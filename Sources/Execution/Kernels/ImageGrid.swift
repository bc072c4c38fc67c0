/// Places in several images of one size: rows, in them columns, in them images.
///
/// With images innermost, a row is long even where images are small, and what a tap of a filter
/// meets in all of them lies side by side.
struct ImageGrid: Hashable {
  var rows: Int
  var columns: Int
  var images: Int

  var rowLength: Int { columns * images }
  var count: Int { rows * rowLength }

  /// A way from the places of one grid to those of another.
  struct Shift: Hashable {
    var rows: Int
    var columns: Int
  }

  /// The rows whose places, shifted, lie in rows of another grid.
  private func rows(_ shift: Shift, into other: ImageGrid) -> Range<Int> {
    let first = max(0, -shift.rows)
    return first..<max(min(rows, other.rows - shift.rows), first)
  }

  /// The part of a row whose places, shifted, lie in columns of another grid.
  private func places(_ shift: Shift, into other: ImageGrid) -> Range<Int> {
    let first = max(0, -shift.columns)
    return first * images..<max(min(columns, other.columns - shift.columns), first) * images
  }

  /// Whether every place, shifted, lies in another grid.
  func fits(_ shift: Shift, into other: ImageGrid) -> Bool {
    rows(shift, into: other).count == rows && places(shift, into: other).count == rowLength
  }

  /// The places of a part that, shifted, lie in another grid: in runs that are contiguous in both.
  func eachRun(
    of part: Range<Int>, _ shift: Shift, into other: ImageGrid,
    _ body: (_ place: Int, _ shifted: Int, _ count: Int) -> Void
  ) {
    let rows = rows(shift, into: other)
    let inner = places(shift, into: other)
    if inner.count == rowLength && columns == other.columns {
      let run = part.clamped(to: rows.lowerBound * rowLength..<rows.upperBound * rowLength)
      if !run.isEmpty {
        body(run.lowerBound, run.lowerBound + shift.rows * rowLength, run.count)
      }
      return
    }
    let touched = part.lowerBound / rowLength..<(part.upperBound + rowLength - 1) / rowLength
    for row in touched.clamped(to: rows) {
      let start = row * rowLength
      let run = part.clamped(to: start + inner.lowerBound..<start + inner.upperBound)
      guard !run.isEmpty else { continue }
      let column = run.lowerBound - start + shift.columns * images
      body(run.lowerBound, (row + shift.rows) * other.rowLength + column, run.count)
    }
  }

  /// Cuts the places into parts of about so many: whole rows, unless a row is longer.
  ///
  /// `evenly`: into an even number of equal parts instead, wherever rows end.
  func parts(ofAbout size: Int, evenly: Bool) -> [Range<Int>] {
    guard count > 0 else { return [] }
    func cut(_ whole: Range<Int>, _ parts: Int, unit: Int = 1) -> [Range<Int>] {
      (0..<parts).map { part in
        let (first, end) = (part * whole.count / parts, (part + 1) * whole.count / parts)
        return (whole.lowerBound + first) * unit..<(whole.lowerBound + end) * unit
      }
    }
    if evenly { return cut(0..<count, (count + 2 * size - 1) / (2 * size) * 2) }
    if rowLength <= size {
      let together = size / rowLength
      return cut(0..<rows, (rows + together - 1) / together, unit: rowLength)
    }
    return (0..<rows).flatMap { row in
      cut(row * rowLength..<(row + 1) * rowLength, (rowLength + size - 1) / size)
    }
  }
}
