import Vectors

/// Lays images of few channels out by channel, with their border; done once for all that use them.
///
/// What one element of all windows of a row meets is then one run:
/// [image][channel][column mod `stride`][row][column / `stride`].
struct PlanarPacking: Hashable {
  var images: Int
  var height: Int
  var width: Int
  var channels: Int
  var stride: Int
  var border: Int
  var source = 0
  var result = 0

  /// Columns of one phase, with the border.
  private var columns: Int { (width + 2 * border + stride - 1) / stride }

  /// Numbers of one phase of one channel.
  private var plane: Int { (height + 2 * border) * columns }

  /// Numbers in all.
  var count: Int { images * channels * stride * plane }

  /// Where the run begins that an element of the windows meets in a row of outputs.
  func run(image: Int, channel: Int, row: Int, column: Int) -> Int {
    ((image * channels + channel) * stride + column % stride) * plane + row * columns
      + column / stride
  }

  /// Tiles, which may run in any order, by any worker.
  var tileCount: Int { images }

  func run(_ values: UnsafeMutablePointer<Float>, _ image: Int) {
    let target = values + result
    (target + run(image: image, channel: 0, row: 0, column: 0)).clear(channels * stride * plane)
    for row in 0..<height {
      let line = values + (source + (image * height + row) * width * channels)
      for channel in 0..<channels {
        for phase in 0..<stride {
          // The first column of this phase that lies in the image.
          let first = (phase - border % stride + stride) % stride
          let to =
            target
            + run(image: image, channel: channel, row: row + border, column: border + first)
          var (from, place) = (first * channels + channel, 0)
          while from < width * channels {
            to[place] = line[from]
            from &+= stride &* channels
            place &+= 1
          }
        }
      }
    }
  }
}
