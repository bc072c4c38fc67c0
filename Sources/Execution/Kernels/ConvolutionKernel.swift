import Tensors

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

    init(_ form: Convolution, images: Shape, filters: Shape, outputs: Shape) {
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

    /// Output pixels of all images, rows first.
    var pixels: Int { images * outHeight * outWidth }

    /// Pixels laid out at a time for products with the filter.
    ///
    /// OpenBLAS multiplies small matrices without packing them, at full speed: up to 10⁶
    /// multiplications, best with a multiple of eight rows. Windows then never leave the first-level
    /// cache.
    var block: Int {
      let most = 1_000_000 / max(window * outChannels, 1)
      return min(max(most / 8 * 8, 8), 256)
    }

    /// Rows of the filter whose gradient is computed together.
    var rowsTogether: Int { window <= 64 ? filterHeight : 1 }

    /// Pixels laid out at a time for those rows.
    var rowBlock: Int {
      let most = 1_000_000 / max(rowsTogether * filterWidth * channels * outChannels, 1)
      return min(max(most / 8 * 8, 8), 1024)
    }
  }

  var role: Convolution.Role
  var geometry: Geometry
  var first: Int
  var second: Int
  var result: Int
  /// Whether the result is added to what is there.
  var accumulates = false

  private var turns: Bool {
    role == .input && geometry.stride == 1 && geometry.filterHeight == geometry.filterWidth
      && geometry.border < geometry.filterHeight
  }

  var scratch: Int {
    let aligned = MemoryPlan.aligned
    let windows =
      switch role {
      case .filter: geometry.rowBlock * geometry.rowsTogether * geometry.filterWidth * geometry.channels
      case .input where turns: geometry.turned.block * geometry.turned.window
      default: geometry.block * geometry.window
      }
    return aligned(windows + 16) + (role == .input ? aligned(geometry.filterCount) : 0)
  }

  func run(_ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>) {
    let (a, b, y) = (values + first, values + second, values + result)
    switch role {
    case .output: convolve(a, b, y, geometry, scratch)
    case .filter: filterGradient(a, b, y, scratch)
    case .input where turns:
      let filters = scratch + MemoryPlan.aligned(geometry.turned.block * geometry.turned.window + 16)
      turn(b, into: filters)
      convolve(a, filters, y, geometry.turned, scratch)
    case .input: imageGradient(a, b, y, scratch)
    }
  }

  // MARK: Roles

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ g: Geometry, _ windows: UnsafeMutablePointer<Float>
  ) {
    for start in stride(from: 0, to: g.pixels, by: g.block) {
      let count = min(g.block, g.pixels - start)
      Self.layOut(x, g, start, count, rows: 0..<g.filterHeight, into: windows)
      MatrixProduct.multiply(
        windows, w, into: y + start * g.outChannels, rows: count, columns: g.outChannels,
        inner: g.window, accumulating: accumulates)
    }
  }

  /// One row of the filter at a time (all of a small one), whose gradient then stays in the
  /// first-level cache.
  private func filterGradient(
    _ gradient: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ windows: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let run = g.filterWidth * g.channels
    let (rows, block) = (g.rowsTogether, g.rowBlock)
    for first in stride(from: 0, to: g.filterHeight, by: rows) {
      for start in stride(from: 0, to: g.pixels, by: block) {
        let count = min(block, g.pixels - start)
        Self.layOut(x, g, start, count, rows: first..<first + rows, into: windows)
        MatrixProduct.multiply(
          windows, gradient + start * g.outChannels, transposingLeft: true,
          into: y + first * run * g.outChannels, rows: rows * run, columns: g.outChannels,
          inner: count, accumulating: accumulates || start > 0)
      }
    }
  }

  private func imageGradient(
    _ gradient: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
    _ x: UnsafeMutablePointer<Float>, _ windows: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    let transposed = windows + MemoryPlan.aligned(g.block * g.window + 16)
    Self.transpose(w, rows: g.window, columns: g.outChannels, into: transposed)
    if !accumulates { x.update(repeating: 0, count: g.images * g.height * g.width * g.channels) }
    for start in stride(from: 0, to: g.pixels, by: g.block) {
      let count = min(g.block, g.pixels - start)
      MatrixProduct.multiply(
        gradient + start * g.outChannels, transposed, into: windows, rows: count,
        columns: g.window, inner: g.outChannels)
      Self.addBack(windows, g, start, count, to: x)
    }
  }

  /// w′[k, l, o, i] = w[K − 1 − k, L − 1 − l, i, o].
  private func turn(_ w: UnsafePointer<Float>, into turned: UnsafeMutablePointer<Float>) {
    let g = geometry
    let taps = g.filterHeight * g.filterWidth
    for tap in 0..<taps {
      let source = w + (taps - 1 - tap) * g.channels * g.outChannels
      let target = turned + tap * g.channels * g.outChannels
      Self.transpose(source, rows: g.channels, columns: g.outChannels, into: target)
    }
  }

  /// In squares of eight, so that the lines of both matrices stay in the cache.
  private static func transpose(
    _ a: UnsafePointer<Float>, rows: Int, columns: Int, into b: UnsafeMutablePointer<Float>
  ) {
    for top in stride(from: 0, to: rows, by: 8) {
      for left in stride(from: 0, to: columns, by: 8) {
        for column in left..<min(left + 8, columns) {
          for row in top..<min(top + 8, rows) {
            b[column &* rows &+ row] = a[row &* columns &+ column]
          }
        }
      }
    }
  }

  // MARK: Windows as rows

  /// Rows of the windows of `count` pixels from a first one, one window behind the other.
  private static func layOut(
    _ x: UnsafePointer<Float>, _ g: Geometry, _ first: Int, _ count: Int, rows: Range<Int>,
    into windows: UnsafeMutablePointer<Float>
  ) {
    let run = g.filterWidth * g.channels
    var target = windows
    eachPixel(g, first, count) { image, row, column in
      let before = max(-column, 0)
      let inside = max(min(g.filterWidth, g.width - column) - before, 0)
      for k in rows {
        let line = row + k
        if line < 0 || line >= g.height {
          clear(target, run)
        } else {
          let source = x + ((image * g.height + line) * g.width + column) * g.channels
          if inside == g.filterWidth {
            copy(source, target, run)
          } else {
            clear(target, before * g.channels)
            copy(source + before * g.channels, target + before * g.channels, inside * g.channels)
            clear(
              target + (before + inside) * g.channels,
              (g.filterWidth - before - inside) * g.channels)
          }
        }
        target += run
      }
    }
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

  /// Copies in steps of sixteen, the last one beyond the end: windows are written in order, so the
  /// next one puts that right, and there is room behind the last.
  @inline(__always)
  private static func copy(
    _ from: UnsafePointer<Float>, _ to: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    var i = 0
    while i < count {
      to.store(from.lanes(i), i)
      i &+= 16
    }
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
