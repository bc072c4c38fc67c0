import Tensors
import Vectors

/// The convolution of images of few channels, and its filter's gradient, as products with windows
/// laid out as columns.
///
/// A row of that matrix is what one element of all windows meets: long runs of an image's planes
/// (`ImagePlanes`), where a window itself would be a few numbers here and there.
struct PlaneConvolution {
  let role: Convolution.Role
  let geometry: ConvolutionGeometry
  let images: ImagePlanes
  /// The filter, or the gradient of the outputs where the filter's is computed.
  let second: Int
  let result: Int
  /// Whether the result is added to what is there.
  let accumulates: Bool
  /// Several workers share the step, which is then cut finer.
  let isShared: Bool

  /// Rows of outputs whose windows are laid out together: about a hundred outputs.
  private var rows: Int { min(max(104 / geometry.outWidth, 1), geometry.outHeight) }

  private var partsOfImage: Int { (geometry.outHeight + rows - 1) / rows }

  /// Parts of the output channels.
  private var columnParts: Int { isShared && geometry.outChannels % 32 == 0 ? 2 : 1 }

  var scratch: Int { MemoryPlan.aligned(geometry.window * rows * geometry.outWidth) }

  /// Parts that may run in any order, by any worker: rows of outputs, or output channels.
  var unitCount: Int { role == .filter ? columnParts : geometry.images * partsOfImage }

  func run(
    _ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ unit: Int
  ) {
    let (x, other, target) = (values + images.result, values + second, values + result)
    if role == .filter {
      let columns = geometry.outChannels / columnParts
      filterGradient(
        other, x, target, scratch, columns: unit * columns..<(unit + 1) * columns)
    } else {
      convolve(x, other, target, scratch, unit)
    }
  }

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ windows: UnsafeMutablePointer<Float>, _ part: Int
  ) {
    let g = geometry
    let pixels = layOut(x, part, into: windows)
    MatrixProduct.multiplyUnpacked(
      windows, transposingLeft: true, leftPitch: pixels.count, w, rightPitch: g.outChannels,
      into: y + pixels.lowerBound * g.outChannels, pitch: g.outChannels, rows: pixels.count,
      columns: g.outChannels, inner: g.window, accumulating: accumulates)
  }

  private func filterGradient(
    _ y: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ w: UnsafeMutablePointer<Float>,
    _ windows: UnsafeMutablePointer<Float>, columns: Range<Int>
  ) {
    let g = geometry
    for part in 0..<g.images * partsOfImage {
      let pixels = layOut(x, part, into: windows)
      MatrixProduct.multiplyUnpacked(
        windows, leftPitch: pixels.count,
        y + (pixels.lowerBound * g.outChannels + columns.lowerBound), rightPitch: g.outChannels,
        into: w + columns.lowerBound, pitch: g.outChannels, rows: g.window,
        columns: columns.count, inner: pixels.count, accumulating: accumulates || part > 0)
    }
  }

  /// Lays the windows of some rows of outputs out as columns.
  ///
  /// Returns which outputs those are, counted through all images.
  private func layOut(
    _ x: UnsafePointer<Float>, _ part: Int, into windows: UnsafeMutablePointer<Float>
  ) -> Range<Int> {
    let g = geometry
    let (image, number) = part.quotientAndRemainder(dividingBy: partsOfImage)
    let first = number * g.outHeight / partsOfImage
    let rows = (number + 1) * g.outHeight / partsOfImage - first
    var to = windows
    for k in 0..<g.filterHeight {
      for l in 0..<g.filterWidth {
        for channel in 0..<g.channels {
          for row in first..<first + rows {
            let run = images.run(
              image: image, channel: channel, row: row * g.stride + k, column: l)
            to.copy(x + run, g.outWidth)
            to += g.outWidth
          }
        }
      }
    }
    let start = (image * g.outHeight + first) * g.outWidth
    return start..<start + rows * g.outWidth
  }
}
