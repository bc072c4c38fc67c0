import Tensors
import Vectors

/// The three roles of the convolution, as matrix products on windows laid out as rows.
///
/// Images are channels-last, so a window's row is a few contiguous runs. Windows are laid out for a
/// block of output pixels at a time, small enough to stay in the second-level cache.
struct ConvolutionKernel {
  struct Geometry {
    var images: Int
    var height: Int
    var width: Int
    var channels: Int
    var filterHeight: Int
    var filterWidth: Int
    var outHeight: Int
    var outWidth: Int
    var outChannels: Int
    var stride: Int
    var border: Int

    var window: Int { filterHeight * filterWidth * channels }
    var filterCount: Int { window * outChannels }

    /// `shapes`: of the two operands, by the convolution's role.
    init(_ form: Convolution, shapes: [Shape], result: Shape) {
      let (images, filters, outputs) =
        switch form.role {
        case .output: (shapes[0], shapes[1], result)
        case .input: (result, shapes[1], shapes[0])
        case .filter: (shapes[1], result, shapes[0])
        }
      self.images = images[0]
      (height, width, channels) = (images[1], images[2], images[3])
      (filterHeight, filterWidth) = (filters[0], filters[1])
      (outHeight, outWidth, outChannels) = (outputs[1], outputs[2], outputs[3])
      (stride, border) = (form.stride, form.border)
    }

    /// At stride one the gradient with respect to the images is the convolution of the outputs'
    /// gradient with the filter turned around.
    var turned: Geometry {
      var other = self
      (other.height, other.width, other.channels) = (outHeight, outWidth, outChannels)
      (other.outHeight, other.outWidth, other.outChannels) = (height, width, channels)
      other.border = filterHeight - 1 - border
      return other
    }

    /// The columns of the outputs whose windows lie inside the image.
    var columnsOfWholeWindows: Range<Int> {
      let first = (border + stride - 1) / stride
      return first..<max((width + border - filterWidth) / stride + 1, first)
    }

    /// Output pixels of all images, rows first.
    var pixels: Int { images * outHeight * outWidth }

    /// Pixels laid out at a time for products with the filter.
    var block: Int { tileWidth == nil ? inputBlock : 104 }

    /// Pixels whose windows' gradients are computed at a time.
    var inputBlock: Int { Self.block(ofWindow: window, outChannels: outChannels) }

    /// Rows of the filter whose gradient is computed together.
    var rowsTogether: Int { window <= 64 ? filterHeight : 1 }

    /// Pixels laid out at a time for those rows.
    var rowBlock: Int {
      tileWidth == nil
        ? Self.block(ofWindow: rowsTogether * filterWidth * channels, outChannels: outChannels) : 64
    }

    /// Output channels multiplied at a time, for filters that are too large for small products and
    /// small enough for the second-level cache.
    var tileWidth: Int? {
      let fits = filterCount > 30_000 && filterCount <= 262_144 && window <= 1152
      return fits && outChannels % 64 == 0 ? 64 : nil
    }

    /// Pixels to lay out so many numbers each of.
    ///
    /// OpenBLAS multiplies small matrices without packing them, at full speed: up to 10⁶
    /// multiplications, best with a multiple of eight rows. Windows then never leave the first-level
    /// cache. Large filters want many pixels instead, over which packing them is spread.
    private static func block(ofWindow window: Int, outChannels: Int) -> Int {
      let most = 1_000_000 / max(window * outChannels, 1)
      let cached = max(4096 / window, 64)
      return most < 16 ? 384 : min(most, cached) / 8 * 8
    }
  }

  var role: Convolution.Role
  var geometry: Geometry
  var first: Int
  var second: Int
  var result: Int
  /// Whether the result is added to what is there.
  var accumulates = false

  /// Several workers share the step: the filter's gradient is then cut along channels too.
  var isShared = false

  var scratch: Int {
    let floats =
      switch role {
      case .filter:
        geometry.rowBlock * geometry.rowsTogether * geometry.filterWidth * geometry.channels
      case .output, .input: block * geometry.window
      }
    return MemoryPlan.aligned(floats + 16)
  }

  /// Parts that may run in any order, by any worker: pixels, parts of the filter, or images.
  var unitCount: Int {
    switch role {
    case .output: min(blockCount, 16)
    case .filter: geometry.filterHeight / geometry.rowsTogether * columnParts
    case .input: isShared ? geometry.images : 1
    }
  }

  private var blockCount: Int { (geometry.pixels + block - 1) / block }

  /// Pixels laid out at a time: few enough for several workers to have their share.
  private var block: Int {
    let block = role == .input ? geometry.inputBlock : geometry.block
    return isShared ? min(block, (geometry.pixels + 63) / 64 * 8) : block
  }

  private var columnParts: Int {
    isShared && geometry.outChannels % (2 * (geometry.tileWidth ?? 16)) == 0 ? 2 : 1
  }

  func run(
    _ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ unit: Int
  ) {
    let (a, b, y) = (values + first, values + second, values + result)
    switch role {
    case .output: convolve(a, b, y, scratch, unit)
    case .filter: filterGradient(a, b, y, scratch, unit)
    case .input: imageGradient(a, b, y, scratch, unit)
    }
  }

  // MARK: Roles

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ windows: UnsafeMutablePointer<Float>, _ unit: Int
  ) {
    let g = geometry
    let block = block
    let first = unit * blockCount / unitCount * block
    let end = min((unit + 1) * blockCount / unitCount * block, g.pixels)
    for start in stride(from: first, to: end, by: block) {
      let count = min(block, g.pixels - start)
      Self.layOut(x, g, start, count, rows: 0..<g.filterHeight, into: windows)
      if let width = g.tileWidth {
        MatrixProduct.multiplyInTiles(
          windows, w, into: y + start * g.outChannels, rows: count, columns: g.outChannels,
          inner: g.window, accumulating: accumulates, pitch: g.outChannels, width: width)
      } else {
        MatrixProduct.multiply(
          windows, w, into: y + start * g.outChannels, rows: count, columns: g.outChannels,
          inner: g.window, accumulating: accumulates)
      }
    }
  }

  /// One row of the filter at a time (all of a small one), whose gradient then stays in the
  /// first-level cache.
  private func filterGradient(
    _ gradient: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ windows: UnsafeMutablePointer<Float>, _ unit: Int
  ) {
    let g = geometry
    let run = g.filterWidth * g.channels
    let (rows, block) = (g.rowsTogether, g.rowBlock)
    let row = unit / columnParts * rows
    let columns = g.outChannels / columnParts
    let column = unit % columnParts * columns
    for start in stride(from: 0, to: g.pixels, by: block) {
      let count = min(block, g.pixels - start)
      Self.layOut(x, g, start, count, rows: row..<row + rows, into: windows)
      if let width = g.tileWidth {
        MatrixProduct.multiplyInTiles(
          windows, gradient + (start * g.outChannels + column), transposingLeft: true,
          into: y + (row * run * g.outChannels + column), rows: rows * run, columns: columns,
          inner: count, accumulating: accumulates || start > 0, pitch: g.outChannels, width: width)
      } else {
        MatrixProduct.multiply(
          windows, gradient + (start * g.outChannels + column), transposingLeft: true,
          into: y + (row * run * g.outChannels + column), rows: rows * run, columns: columns,
          inner: count, accumulating: accumulates || start > 0, pitch: g.outChannels)
      }
    }
  }

  /// `w`: the filter transposed, as `FilterTurning` leaves it.
  private func imageGradient(
    _ gradient: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
    _ x: UnsafeMutablePointer<Float>, _ windows: UnsafeMutablePointer<Float>, _ unit: Int
  ) {
    let g = geometry
    let (perImage, picture) = (g.outHeight * g.outWidth, g.height * g.width * g.channels)
    let images = unit * g.images / unitCount..<(unit + 1) * g.images / unitCount
    if !accumulates {
      (x + images.lowerBound * picture).update(repeating: 0, count: images.count * picture)
    }
    let (first, end) = (images.lowerBound * perImage, images.upperBound * perImage)
    let block = block
    for start in stride(from: first, to: end, by: block) {
      let count = min(block, end - start)
      MatrixProduct.multiply(
        gradient + start * g.outChannels, w, into: windows, rows: count, columns: g.window,
        inner: g.outChannels)
      Self.addBack(windows, g, start, count, to: x)
    }
  }

  // MARK: Windows as rows

  /// Rows of the windows of `count` pixels from a first one, one window behind the other.
  private static func layOut(
    _ x: UnsafePointer<Float>, _ g: Geometry, _ first: Int, _ count: Int, rows: Range<Int>,
    into windows: UnsafeMutablePointer<Float>
  ) {
    let run = g.filterWidth * g.channels
    let pitch = rows.count * run
    let whole = g.columnsOfWholeWindows
    eachRow(g, first, count) { image, row, columns, place in
      let inner = columns.clamped(to: whole)
      for k in rows {
        let target = windows + (place * pitch + (k - rows.lowerBound) * run)
        let line = row * g.stride - g.border + k
        guard line >= 0 && line < g.height else {
          for index in 0..<columns.count { clear(target + index * pitch, run) }
          continue
        }
        let source = x + (image * g.height + line) * g.width * g.channels
        for column in columns where !inner.contains(column) {
          layOutEdge(
            source, g, column * g.stride - g.border,
            into: target + (column - columns.lowerBound) * pitch)
        }
        guard !inner.isEmpty else { continue }
        var from = source + (inner.lowerBound * g.stride - g.border) * g.channels
        var to = target + (inner.lowerBound - columns.lowerBound) * pitch
        for _ in 0..<inner.count {
          copy(from, to, run)
          from += g.stride * g.channels
          to += pitch
        }
      }
    }
  }

  /// One row of a window that lies partly beside the image.
  private static func layOutEdge(
    _ line: UnsafePointer<Float>, _ g: Geometry, _ column: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let before = max(-column, 0)
    let inside = max(min(g.filterWidth, g.width - column) - before, 0)
    let filled = before + inside
    clear(target, before * g.channels)
    copy(line + (column + before) * g.channels, target + before * g.channels, inside * g.channels)
    clear(target + filled * g.channels, (g.filterWidth - filled) * g.channels)
  }

  /// The adjoint of `layOut`.
  private static func addBack(
    _ windows: UnsafePointer<Float>, _ g: Geometry, _ first: Int, _ count: Int,
    to x: UnsafeMutablePointer<Float>
  ) {
    let run = g.filterWidth * g.channels
    var source = windows
    eachPixel(g, first, count) { image, row, column in
      let before = max(-column, 0)
      let inside = max(min(g.filterWidth, g.width - column) - before, 0)
      for k in 0..<g.filterHeight {
        let line = row + k
        if line >= 0 && line < g.height {
          let target = x + ((image * g.height + line) * g.width + column + before) * g.channels
          add(source + before * g.channels, target, inside * g.channels)
        }
        source += run
      }
    }
  }

  /// The image and the upper left corner of each window.
  @inline(__always)
  private static func eachPixel(
    _ g: Geometry, _ first: Int, _ count: Int,
    _ body: (_ image: Int, _ row: Int, _ column: Int) -> Void
  ) {
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
  private static func eachRow(
    _ g: Geometry, _ first: Int, _ count: Int,
    _ body: (_ image: Int, _ row: Int, _ columns: Range<Int>, _ place: Int) -> Void
  ) {
    var pixel = first
    while pixel < first + count {
      let (line, column) = pixel.quotientAndRemainder(dividingBy: g.outWidth)
      let (image, row) = line.quotientAndRemainder(dividingBy: g.outHeight)
      let end = min(g.outWidth, column + first + count - pixel)
      body(image, row, column..<end, pixel - first)
      pixel += end - column
    }
  }

  @inline(__always)
  private static func copy(
    _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    var i = 0
    while i &+ 16 <= count {
      to.store(from.lanes(i), i)
      i &+= 16
    }
    if i < count { Lanes(from + i, count: count &- i).store(to: to + i, count: count &- i) }
  }

  @inline(__always)
  private static func clear(_ to: UnsafeMutablePointer<Float>, _ count: Int) {
    to.update(repeating: 0, count: count)
  }

  @inline(__always)
  private static func add(
    _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    var i = 0
    while i &+ 16 <= count {
      to.store(to.lanes(i) + from.lanes(i), i)
      i &+= 16
    }
    while i < count {
      to[i] += from[i]
      i &+= 1
    }
  }
}
