import Vectors

/// The windows of images laid out as rows of a matrix, and added back.
struct Im2col {
  let geometry: ConvolutionGeometry

  /// Lays out rows of the windows of `count` pixels from a first one, one window behind the other.
  ///
  /// `part`: what is laid out of each row of a window, its numbers counted from the left; else all.
  func layOut(
    _ x: UnsafePointer<Float>, _ first: Int, _ count: Int, rows: Range<Int>,
    part: Range<Int>? = nil, into windows: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let part = part ?? 0..<g.run
    let run = part.count
    let pitch = rows.count * run
    let whole = g.columnsOfWholeWindows
    eachRow(first, count) { image, row, columns, place in
      let inner = columns.clamped(to: whole)
      for k in rows {
        let target = windows + (place * pitch + (k - rows.lowerBound) * run)
        let line = row * g.stride - g.border + k
        guard line >= 0 && line < g.height else {
          for index in 0..<columns.count { (target + index * pitch).clear(run) }
          continue
        }
        let source = x + (image * g.height + line) * g.width * g.channels
        for column in columns where !inner.contains(column) {
          layOutEdge(
            source, column * g.stride - g.border, part,
            into: target + (column - columns.lowerBound) * pitch)
        }
        guard !inner.isEmpty else { continue }
        var from =
          source + ((inner.lowerBound * g.stride - g.border) * g.channels + part.lowerBound)
        var to = target + (inner.lowerBound - columns.lowerBound) * pitch
        for _ in 0..<inner.count {
          to.copy(from, run)
          from += g.stride * g.channels
          to += pitch
        }
      }
    }
  }

  /// One row of a window that lies partly beside the image.
  private func layOutEdge(
    _ line: UnsafePointer<Float>, _ column: Int, _ part: Range<Int>,
    into target: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let before = max(-column, 0)
    let inside = max(min(g.filterWidth, g.width - column) - before, 0)
    let there = (before * g.channels..<(before + inside) * g.channels).clamped(to: part)
    target.clear(there.lowerBound - part.lowerBound)
    (target + (there.lowerBound - part.lowerBound)).copy(
      line + (column * g.channels + there.lowerBound), there.count)
    (target + (there.upperBound - part.lowerBound)).clear(part.upperBound - there.upperBound)
  }

  /// Adds the windows of `count` pixels from a first one to the images; the adjoint of `layOut`.
  ///
  /// `channels`: those that the windows hold.
  func addBack(
    _ windows: UnsafePointer<Float>, _ first: Int, _ count: Int, channels: Range<Int>,
    to x: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let depth = channels.count
    let run = g.filterWidth * depth
    var source = windows
    eachPixel(first, count) { image, row, column in
      let before = max(-column, 0)
      let inside = max(min(g.filterWidth, g.width - column) - before, 0)
      for k in 0..<g.filterHeight {
        let line = row + k
        if line >= 0 && line < g.height {
          let target = x + ((image * g.height + line) * g.width + column + before) * g.channels
          if depth == g.channels {
            target.add(source + before * depth, inside * depth)
          } else {
            for l in 0..<inside {
              (target + (l * g.channels + channels.lowerBound)).add(
                source + (before + l) * depth, depth)
            }
          }
        }
        source += run
      }
    }
  }

  /// Sets some channels of images to zero.
  func clear(_ x: UnsafeMutablePointer<Float>, images: Range<Int>, channels: Range<Int>) {
    let g = geometry
    let pixels = images.lowerBound * g.height * g.width..<images.upperBound * g.height * g.width
    if channels.count == g.channels {
      return (x + pixels.lowerBound * g.channels).clear(pixels.count * g.channels)
    }
    for pixel in pixels {
      (x + (pixel * g.channels + channels.lowerBound)).clear(channels.count)
    }
  }

  /// The image and the upper left corner of each window.
  @inline(__always)
  private func eachPixel(
    _ first: Int, _ count: Int,
    _ body: (_ image: Int, _ row: Int, _ column: Int) -> Void
  ) {
    let g = geometry
    var column = first % g.outWidth
    var row = first / g.outWidth % g.outHeight
    var image = first / (g.outWidth * g.outHeight)
    for _ in 0..<count {
      body(image, row &* g.stride &- g.border, column &* g.stride &- g.border)
      column &+= 1
      if column == g.outWidth {
        column = 0
        row &+= 1
        if row == g.outHeight {
          row = 0
          image &+= 1
        }
      }
    }
  }

  /// The pixels from a first one, row by row: each row's image and number, its columns, and how many
  /// pixels came before.
  @inline(__always)
  private func eachRow(
    _ first: Int, _ count: Int,
    _ body: (_ image: Int, _ row: Int, _ columns: Range<Int>, _ place: Int) -> Void
  ) {
    let g = geometry
    var pixel = first
    while pixel < first + count {
      let (line, column) = pixel.quotientAndRemainder(dividingBy: g.outWidth)
      let (image, row) = line.quotientAndRemainder(dividingBy: g.outHeight)
      let end = min(g.outWidth, column + first + count - pixel)
      body(image, row, column..<end, pixel - first)
      pixel += end - column
    }
  }
}
