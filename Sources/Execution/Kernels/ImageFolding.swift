import Vectors

/// Lays images out for convolutions by taps; done once for all that use them.
///
/// The rows that one tap meets come together, those with number 0, `stride`, 2·`stride`, … first;
/// each holds its columns in folds of `stride`, and each fold all images of a group:
/// [phase][row][fold][image][`stride`·`channels`]. A last fold that is cut short is filled with
/// zeros.
struct ImageFolding: Hashable {
  var images: Int
  var height: Int
  var width: Int
  var channels: Int
  var stride: Int
  /// Groups of images that lie one behind the other.
  var groups: Int
  var source = 0
  var result = 0

  /// Numbers of one place of the grid.
  var pixel: Int { stride * channels }

  /// Numbers of one folded image.
  private var perImage: Int { height * columns * pixel }

  private var columns: Int { (width + stride - 1) / stride }

  /// Numbers in all.
  var count: Int { images * perImage }

  /// Whether images lie so already.
  var isIdentity: Bool { stride == 1 && groups == images }

  func imagesOfGroup(_ group: Int) -> Range<Int> {
    group * images / groups..<(group + 1) * images / groups
  }

  /// Rows of a phase.
  private func rows(_ phase: Int) -> Int { (height - phase + stride - 1) / stride }

  /// The grid of the places that a phase of the rows has in a group.
  func grid(phase: Int = 0, group: Int) -> ImageGrid {
    ImageGrid(rows: rows(phase), columns: columns, images: imagesOfGroup(group).count)
  }

  /// Where a phase of the rows begins in a group.
  func offset(phase: Int = 0, group: Int) -> Int {
    let before = (0..<phase).reduce(0) { $0 + rows($1) }
    let images = imagesOfGroup(group)
    return images.lowerBound * perImage + before * columns * images.count * pixel
  }

  /// Parts that may run in any order, by any worker: rows of the images.
  var unitCount: Int { height }

  func run(_ values: UnsafeMutablePointer<Float>, _ line: Int) {
    for group in 0..<groups {
      let images = imagesOfGroup(group)
      let rowLength = columns * images.count * pixel
      let row =
        values + (result + offset(phase: line % stride, group: group))
        + line / stride * rowLength
      for (index, image) in images.enumerated() {
        let from = UnsafePointer(values + (source + (image * height + line) * width * channels))
        for column in 0..<columns {
          let to = row + (column * images.count + index) * pixel
          let there = min(stride, width - column * stride) * channels
          to.copy(from + column * pixel, there)
          (to + there).clear(pixel - there)
        }
      }
    }
  }

  /// Copies places of a phase's grid, or adds them, to the images that they are of.
  ///
  /// `folds`: the numbers of the places `part`. `image`: the first of all images.
  func unfold(
    _ folds: UnsafePointer<Float>, _ part: Range<Int>, phase: Int = 0, group: Int,
    into image: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let images = imagesOfGroup(group)
    var from = folds
    let place = part.lowerBound
    var row = place / (columns * images.count)
    var column = place / images.count % columns
    var index = place % images.count
    for _ in part {
      let line = row * stride + phase
      let to =
        image
        + (((images.lowerBound + index) * height + line) * width + column * stride) * channels
      let there = min(stride, width - column * stride) * channels
      if adding { to.add(from, there) } else { to.copy(from, there) }
      from += pixel
      index += 1
      if index == images.count {
        (index, column) = (0, column + 1)
        if column == columns { (column, row) = (0, row + 1) }
      }
    }
  }
}
