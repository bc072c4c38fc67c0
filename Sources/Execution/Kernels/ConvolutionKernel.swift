import Tensors

/// The three roles of the convolution, as matrix products on windows laid out as rows.
///
/// Images are channels-last, so a window's row is a few contiguous runs. Windows are laid out for a
/// block of output pixels at a time, small enough to stay in the second-level cache.
struct ConvolutionKernel {
  /// Output pixels laid out at a time, about.
  static let blockPixels = 256

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

    /// Whole images in a block, or else rows of one image.
    var imagesInBlock: Int { max(ConvolutionKernel.blockPixels / (outHeight * outWidth), 1) }
    var rowsInBlock: Int {
      imagesInBlock > 1 || outHeight * outWidth <= ConvolutionKernel.blockPixels
        ? outHeight : max(ConvolutionKernel.blockPixels / outWidth, 1)
    }
    var blocksInImage: Int { (outHeight + rowsInBlock - 1) / rowsInBlock }
    var blockCount: Int { (images + imagesInBlock - 1) / imagesInBlock * blocksInImage }

    struct Block {
      var image: Int
      var images: Int
      var row: Int
      var rows: Int
      var pixels: Int
    }

    func block(_ index: Int) -> Block {
      let image = index / blocksInImage * imagesInBlock
      let row = index % blocksInImage * rowsInBlock
      let count = min(imagesInBlock, images - image)
      let rows = min(rowsInBlock, outHeight - row)
      return Block(
        image: image, images: count, row: row, rows: rows, pixels: count * rows * outWidth)
    }

    var blockFloats: Int {
      min(imagesInBlock, images) * min(rowsInBlock, outHeight) * outWidth * window
    }
  }

  var role: Convolution.Role
  var geometry: Geometry
  var first: Int
  var second: Int
  var result: Int

  private var turns: Bool {
    role == .input && geometry.stride == 1 && geometry.filterHeight == geometry.filterWidth
      && geometry.border < geometry.filterHeight
  }

  var scratch: Int {
    let aligned = MemoryPlan.aligned
    return turns
      ? aligned(geometry.turned.blockFloats) + aligned(geometry.filterCount)
      : aligned(geometry.blockFloats)
  }

  func run(_ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>) {
    let (a, b, y) = (values + first, values + second, values + result)
    switch role {
    case .output: Self.convolve(a, b, y, geometry, scratch)
    case .filter: filterGradient(a, b, y, scratch)
    case .input where turns:
      let filters = scratch + MemoryPlan.aligned(geometry.turned.blockFloats)
      turn(b, into: filters)
      Self.convolve(a, filters, y, geometry.turned, scratch)
    case .input: imageGradient(a, b, y, scratch)
    }
  }

  // MARK: Roles

  private static func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ g: Geometry, _ windows: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<g.blockCount {
      let block = g.block(index)
      layOut(x, g, block, into: windows)
      let start = (block.image * g.outHeight + block.row) * g.outWidth * g.outChannels
      MatrixProduct.multiply(
        windows, w, into: y + start, rows: block.pixels, columns: g.outChannels, inner: g.window)
    }
  }

  private func filterGradient(
    _ gradient: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ windows: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    for index in 0..<g.blockCount {
      let block = g.block(index)
      Self.layOut(x, g, block, into: windows)
      let start = (block.image * g.outHeight + block.row) * g.outWidth * g.outChannels
      MatrixProduct.multiply(
        windows, gradient + start, transposingLeft: true, into: y, rows: g.window,
        columns: g.outChannels, inner: block.pixels, accumulating: index > 0)
    }
  }

  private func imageGradient(
    _ gradient: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
    _ x: UnsafeMutablePointer<Float>, _ windows: UnsafeMutablePointer<Float>
  ) {
    let g = geometry
    x.update(repeating: 0, count: g.images * g.height * g.width * g.channels)
    for index in 0..<g.blockCount {
      let block = g.block(index)
      let start = (block.image * g.outHeight + block.row) * g.outWidth * g.outChannels
      MatrixProduct.multiply(
        gradient + start, w, transposingRight: true, into: windows, rows: block.pixels,
        columns: g.window, inner: g.outChannels)
      Self.addBack(windows, g, block, to: x)
    }
  }

  /// w′[k, l, o, i] = w[K − 1 − k, L − 1 − l, i, o].
  private func turn(_ w: UnsafePointer<Float>, into turned: UnsafeMutablePointer<Float>) {
    let g = geometry
    let taps = g.filterHeight * g.filterWidth
    for tap in 0..<taps {
      let source = w + (taps - 1 - tap) * g.channels * g.outChannels
      let target = turned + tap * g.channels * g.outChannels
      for o in 0..<g.outChannels {
        for i in 0..<g.channels {
          target[o &* g.channels &+ i] = source[i &* g.outChannels &+ o]
        }
      }
    }
  }

  // MARK: Windows as rows

  private static func layOut(
    _ x: UnsafePointer<Float>, _ g: Geometry, _ block: Geometry.Block,
    into windows: UnsafeMutablePointer<Float>
  ) {
    let run = g.filterWidth * g.channels
    let pitch = g.window
    var target = windows
    for image in block.image..<block.image + block.images {
      for p in block.row..<block.row + block.rows {
        for k in 0..<g.filterHeight {
          let row = p * g.stride - g.border + k
          let line = target + k * run
          if row < 0 || row >= g.height {
            for q in 0..<g.outWidth { clear(line + q * pitch, run) }
            continue
          }
          let source = x + (image * g.height + row) * g.width * g.channels
          for q in 0..<g.outWidth {
            let column = q * g.stride - g.border
            let to = line + q * pitch
            if column >= 0 && column + g.filterWidth <= g.width {
              copy(source + column * g.channels, to, run)
            } else {
              let before = max(-column, 0)
              let inside = max(min(g.filterWidth, g.width - column) - before, 0)
              clear(to, before * g.channels)
              copy(
                source + (column + before) * g.channels, to + before * g.channels,
                inside * g.channels)
              clear(
                to + (before + inside) * g.channels,
                (g.filterWidth - before - inside) * g.channels)
            }
          }
        }
        target += g.outWidth * pitch
      }
    }
  }

  private static func addBack(
    _ windows: UnsafePointer<Float>, _ g: Geometry, _ block: Geometry.Block,
    to x: UnsafeMutablePointer<Float>
  ) {
    let run = g.filterWidth * g.channels
    var source = windows
    for image in block.image..<block.image + block.images {
      for p in block.row..<block.row + block.rows {
        for k in 0..<g.filterHeight {
          let row = p * g.stride - g.border + k
          guard row >= 0 && row < g.height else { continue }
          let line = x + (image * g.height + row) * g.width * g.channels
          for q in 0..<g.outWidth {
            let column = q * g.stride - g.border
            let before = max(-column, 0)
            let inside = max(min(g.filterWidth, g.width - column) - before, 0)
            add(
              source + (q * g.window + k * run + before * g.channels),
              line + (column + before) * g.channels, inside * g.channels)
          }
        }
        source += g.outWidth * g.window
      }
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
    while i < count {
      to[i] = from[i]
      i &+= 1
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
