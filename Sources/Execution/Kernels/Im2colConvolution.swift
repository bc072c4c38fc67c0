import Tensors

/// The three roles of the convolution, as matrix products on windows laid out as rows: for channels
/// too few for products tap by tap, and for filters too large for the cache.
///
/// Images are channels-last, so a window's row is a few contiguous runs. Windows are laid out for a
/// block of output pixels at a time, small enough to stay in the second-level cache.
struct Im2colConvolution {
  var role: Convolution.Role
  var geometry: ConvolutionGeometry
  var first: Int
  var second: Int
  var result: Int
  /// Whether the result is added to what is there.
  var accumulates = false

  /// Several workers share the step, which is then cut finer.
  var isShared = false

  var scratch: Int {
    let floats =
      switch role {
      case .filter: geometry.rowBlock * geometry.rowsTogether * geometry.run
      case .output, .input: block * geometry.window
      }
    return MemoryPlan.aligned(floats + 16)
  }

  /// Tiles, which may run in any order, by any worker: pixels, parts of the filter, or images.
  var tileCount: Int {
    switch role {
    case .output: min(blockCount, 16)
    case .filter: geometry.filterHeight / geometry.rowsTogether * rowParts * columnParts
    case .input: isShared ? geometry.images * geometry.channelParts : 1
    }
  }

  private var windows: Im2col { Im2col(geometry: geometry) }

  private var blockCount: Int { (geometry.pixels + block - 1) / block }

  /// Pixels laid out at a time: few enough for several workers to have their share.
  private var block: Int {
    isShared ? min(geometry.block, (geometry.pixels + 63) / 64 * 8) : geometry.block
  }

  /// Parts of a row of the filter, so that three rows are a fair share for two workers.
  private var rowParts: Int { isShared && geometry.rowsTogether == 1 ? 2 : 1 }

  /// Parts of the output channels, where all rows of the filter are one part.
  private var columnParts: Int {
    isShared && rowParts == 1 && geometry.outChannels % 32 == 0 ? 2 : 1
  }

  func run(
    _ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ tile: Int
  ) {
    let (a, b, y) = (values + first, values + second, values + result)
    switch role {
    case .output: convolve(a, b, y, scratch, tile)
    case .filter: filterGradient(a, b, y, scratch, tile)
    case .input: imageGradient(a, b, y, scratch, tile)
    }
  }

  // MARK: Roles

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ tile: Int
  ) {
    let g = geometry
    let block = block
    let first = tile * blockCount / tileCount * block
    let end = min((tile + 1) * blockCount / tileCount * block, g.pixels)
    for start in stride(from: first, to: end, by: block) {
      let count = min(block, g.pixels - start)
      windows.layOut(x, start, count, rows: 0..<g.filterHeight, into: scratch)
      MatrixProduct.multiply(
        scratch, w, into: y + start * g.outChannels, rows: count, columns: g.outChannels,
        inner: g.window, accumulating: accumulates)
    }
  }

  /// One row of the filter at a time (all of a small one), whose gradient then stays in the
  /// first-level cache.
  private func filterGradient(
    _ gradient: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ tile: Int
  ) {
    let g = geometry
    let (rows, block) = (g.rowsTogether, g.rowBlock)
    let row = tile / (rowParts * columnParts) * rows
    let part = tile % rowParts * g.run / rowParts..<(tile % rowParts + 1) * g.run / rowParts
    let columns = g.outChannels / columnParts
    let column = tile % columnParts * columns
    let y = y + ((row * g.run + part.lowerBound) * g.outChannels + column)
    for start in stride(from: 0, to: g.pixels, by: block) {
      let count = min(block, g.pixels - start)
      windows.layOut(x, start, count, rows: row..<row + rows, part: part, into: scratch)
      let gradient = gradient + (start * g.outChannels + column)
      MatrixProduct.multiply(
        scratch, gradient, transposingLeft: true, into: y, rows: rows * part.count,
        columns: columns, inner: count, accumulating: accumulates || start > 0,
        pitch: g.outChannels)
    }
  }

  /// `w`: the filter transposed, as `FilterPacking` leaves it.
  private func imageGradient(
    _ gradient: UnsafePointer<Float>, _ w: UnsafePointer<Float>,
    _ x: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ tile: Int
  ) {
    let g = geometry
    let perImage = g.outHeight * g.outWidth
    let parts = isShared ? g.channelParts : 1
    let images =
      isShared ? tile / parts..<tile / parts + 1 : 0..<g.images
    let depth = g.channels / parts
    let channels = tile % parts * depth..<(tile % parts + 1) * depth
    let w = w + channels.lowerBound * (g.filterCount / g.channels)
    if !accumulates { windows.clear(x, images: images, channels: channels) }
    let (first, end) = (images.lowerBound * perImage, images.upperBound * perImage)
    for start in stride(from: first, to: end, by: block) {
      let count = min(block, end - start)
      MatrixProduct.multiply(
        gradient + start * g.outChannels, w, into: scratch, rows: count,
        columns: g.window / parts, inner: g.outChannels)
      windows.addBack(scratch, start, count, channels: channels, to: x)
    }
  }
}
