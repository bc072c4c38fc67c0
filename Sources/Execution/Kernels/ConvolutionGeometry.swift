import Tensors

/// The sizes of a convolution, and the blocks that its kernel works in.
struct ConvolutionGeometry {
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

  /// Numbers in a row of a window, which lie side by side in an image.
  var run: Int { filterWidth * channels }

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

  /// Whether the gradient with respect to the images is the convolution of the outputs' gradient
  /// with the filter turned around, as it is at stride one.
  var turnsFilter: Bool {
    stride == 1 && filterHeight == filterWidth && border < filterHeight
  }

  /// The role in which a convolution is computed, and its sizes then.
  func executed(
    as role: Convolution.Role
  ) -> (role: Convolution.Role, geometry: ConvolutionGeometry) {
    guard role == .input && turnsFilter else { return (role, self) }
    var other = self
    (other.height, other.width, other.channels) = (outHeight, outWidth, outChannels)
    (other.outHeight, other.outWidth, other.outChannels) = (height, width, channels)
    other.border = filterHeight - 1 - border
    return (.output, other)
  }

  /// How a convolution becomes products of matrices.
  enum Method {
    /// One for each tap of the filter, on images folded by the stride.
    case taps
    /// With windows laid out as columns, where they are small.
    case planes
    /// With windows laid out as rows.
    case windows
  }

  /// Tap by tap where there are channels enough for a product each, and where the filter stays in
  /// the second-level cache.
  var method: Method {
    if window <= 32 { return .planes }
    return min(channels, outChannels) >= 32 && filterCount <= CacheSize.half ? .taps : .windows
  }

  /// The images by channel.
  var planes: PlanarPacking {
    PlanarPacking(
      images: images, height: height, width: width, channels: channels, stride: stride,
      border: border)
  }

  /// The images, folded by the stride.
  var imagesBySpaceToDepth: SpaceToDepth {
    SpaceToDepth(
      images: images, height: height, width: width, channels: channels, stride: stride,
      groups: imageGroups)
  }

  /// The outputs, laid out in the same groups.
  var outputsBySpaceToDepth: SpaceToDepth {
    SpaceToDepth(
      images: images, height: outHeight, width: outWidth, channels: outChannels, stride: 1,
      groups: imageGroups)
  }

  /// Groups in which images are multiplied together: each alone, as it lies, where it is wide; else
  /// as many as fit half of the second-level cache.
  private var imageGroups: Int {
    if stride == 1 && max(width, outWidth) >= 16 { return images }
    let largest = max(height * width * channels, outHeight * outWidth * outChannels)
    return (images * largest + CacheSize.half - 1) / CacheSize.half
  }

  /// The columns of the outputs whose windows lie inside the image.
  var columnsOfWholeWindows: Range<Int> {
    let first = (border + stride - 1) / stride
    return first..<max((width + border - filterWidth) / stride + 1, first)
  }

  /// Numbers of all images.
  var imageCount: Int { images * height * width * channels }

  /// Numbers of all outputs.
  var outputCount: Int { pixels * outChannels }

  /// Output pixels of all images, rows first.
  var pixels: Int { images * outHeight * outWidth }

  /// Pixels laid out, or whose windows' gradients are computed, at a time.
  var block: Int { Self.block(ofWindow: window, outChannels: outChannels) }

  /// Rows of the filter whose gradient is computed together.
  var rowsTogether: Int { window <= 64 ? filterHeight : 1 }

  /// Pixels laid out at a time for those rows.
  var rowBlock: Int { Self.block(ofWindow: rowsTogether * run, outChannels: outChannels) }

  /// Parts of the channels in which workers that share a step add windows back to an image.
  var channelParts: Int { channels % 32 == 0 ? 2 : 1 }

  /// Pixels to lay out so many numbers each of.
  ///
  /// OpenBLAS multiplies small matrices without packing them, at full speed: up to 10⁶
  /// multiplications, best with a multiple of eight rows. Windows then never leave the first-level
  /// cache. Large filters want many pixels instead, over which packing them is spread.
  private static func block(ofWindow window: Int, outChannels: Int) -> Int {
    let most = MatrixProduct.largestUnpacked / max(window * outChannels, 1)
    let cached = max(4096 / window, 64)
    return most < 16 ? 384 : min(most, cached) / 8 * 8
  }
}
