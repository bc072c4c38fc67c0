import Tensors
import Vectors

/// The convolution of images of few channels, and its filter's gradient, as products with windows
/// laid out as columns.
///
/// A row of that matrix is what one element of all windows meets: long runs of an image's planes
/// (`PlanarPacking`), where a window itself would be a few numbers here and there.
struct PlanarConvolution {
  let role: Convolution.Role
  let geometry: ConvolutionGeometry
  let images: PlanarPacking
  /// The filter, or the gradient of the outputs where the filter's is computed.
  let second: Int
  let result: Int
  /// Whether the result is added to what is there.
  let accumulates: Bool
  /// Several workers share the step, which is then cut finer.
  let isShared: Bool
  /// How they share the filter's gradient.
  let sums: SplitKSums

  /// Rows of outputs whose windows are laid out together: about a hundred outputs.
  private var rowsTogether: Int { min(max(104 / geometry.outWidth, 1), geometry.outHeight) }

  private var partsOfImage: Int { (geometry.outHeight + rowsTogether - 1) / rowsTogether }

  /// Parts of a window, where workers who share the filter's gradient have elements each.
  private var elementParts: Int { isShared && sums.count == 1 ? min(geometry.window, 2) : 1 }

  var scratch: Int { MemoryPlan.aligned(geometry.window * rowsTogether * geometry.outWidth) }

  /// Parts: rows of outputs, in any order and by any worker unless they add to the filter's gradient.
  ///
  /// Workers who share that have ranges of the images each, or elements of the windows.
  var tileCount: Int {
    role == .filter && isShared ? max(sums.count, elementParts) : geometry.images * partsOfImage
  }

  /// Numbers of the outputs that a part ends with.
  func reach(_ tile: Int) -> Int { outputs(tile).upperBound * geometry.outChannels }

  func run(
    _ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ tile: Int
  ) {
    let (x, other, target) = (values + images.result, values + second, values + result)
    if role == .output { return convolve(x, other, target, scratch, tile) }
    let (window, all) = (geometry.window, geometry.images * partsOfImage)
    guard isShared else {
      let adds = accumulates || tile > 0
      return filterGradient(other, x, target, scratch, tile, 0..<window, accumulating: adds)
    }
    let range = sums.count == 1 ? 0 : tile
    let parts = sums.share(range, of: all)
    let element = tile - range
    let elements = element * window / elementParts..<(element + 1) * window / elementParts
    let sum = values + sums.place(range)
    var adds = range == 0 && accumulates
    for part in parts {
      filterGradient(other, x, sum, scratch, part, elements, accumulating: adds)
      adds = true
    }
    if !adds { sum.clear(sums.size) }
  }

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ windows: UnsafeMutablePointer<Float>, _ part: Int
  ) {
    let g = geometry
    let pixels = layOut(x, part, 0..<g.window, into: windows)
    MatrixProduct.multiplyUnpacked(
      windows, transposingLeft: true, leftPitch: pixels.count, w, rightPitch: g.outChannels,
      into: y + pixels.lowerBound * g.outChannels, pitch: g.outChannels, rows: pixels.count,
      columns: g.outChannels, inner: g.window, accumulating: accumulates)
  }

  private func filterGradient(
    _ y: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ w: UnsafeMutablePointer<Float>,
    _ windows: UnsafeMutablePointer<Float>, _ part: Int, _ elements: Range<Int>,
    accumulating: Bool
  ) {
    let g = geometry
    let pixels = layOut(x, part, elements, into: windows)
    MatrixProduct.multiplyUnpacked(
      windows, leftPitch: pixels.count, y + pixels.lowerBound * g.outChannels,
      rightPitch: g.outChannels, into: w + elements.lowerBound * g.outChannels,
      pitch: g.outChannels, rows: elements.count, columns: g.outChannels, inner: pixels.count,
      accumulating: accumulating)
  }

  /// The rows of outputs of a part, and the image that they are of.
  private func rows(_ part: Int) -> (image: Int, rows: Range<Int>) {
    let (image, number) = part.quotientAndRemainder(dividingBy: partsOfImage)
    let first = number * geometry.outHeight / partsOfImage
    return (image, first..<(number + 1) * geometry.outHeight / partsOfImage)
  }

  /// The outputs of a part, counted through all images.
  private func outputs(_ part: Int) -> Range<Int> {
    let (image, rows) = rows(part)
    let (start, width) = (image * geometry.outHeight, geometry.outWidth)
    return (start + rows.lowerBound) * width..<(start + rows.upperBound) * width
  }

  /// Lays elements of the windows of a part out as columns, and returns which outputs they are of.
  private func layOut(
    _ x: UnsafePointer<Float>, _ part: Int, _ elements: Range<Int>,
    into windows: UnsafeMutablePointer<Float>
  ) -> Range<Int> {
    let g = geometry
    let (image, rows) = rows(part)
    var to = windows
    for element in elements {
      let (tap, channel) = element.quotientAndRemainder(dividingBy: g.channels)
      let (k, l) = tap.quotientAndRemainder(dividingBy: g.filterWidth)
      for row in rows {
        let run = images.run(image: image, channel: channel, row: row * g.stride + k, column: l)
        to.copy(x + run, g.outWidth)
        to += g.outWidth
      }
    }
    return outputs(part)
  }
}
