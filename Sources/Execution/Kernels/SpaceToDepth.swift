import Vectors

/// Lays images out for convolutions by taps; done once for all that use them.
///
/// The rows that one tap meets come together, those with number 0, `stride`, 2·`stride`, … first;
/// each holds its columns in folds of `stride`, and each fold all images of a group:
/// [phase][row][fold][image][`stride`·`channels`]. A last fold that is cut short is filled with
/// zeros.
struct SpaceToDepth: Hashable {
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

  // One group is usual, and dividing takes as long as copying a pixel.
  func imagesOfGroup(_ group: Int) -> Range<Int> {
    groups == 1 ? 0..<images : group * images / groups..<(group + 1) * images / groups
  }

  private func group(of image: Int) -> Int {
    groups == 1 ? 0 : ((image + 1) * groups - 1) / images
  }

  /// Rows of a phase.
  private func rows(_ phase: Int) -> Int { (height - phase + stride - 1) / stride }

  /// The grid of the places that a phase of the rows has in a group.
  func grid(phase: Int = 0, group: Int) -> ImageGrid {
    ImageGrid(rows: rows(phase), columns: columns, images: imagesOfGroup(group).count)
  }

  /// Where a phase of the rows begins in a group.
  func offset(phase: Int = 0, group: Int) -> Int {
    let before = phase * (height / stride) + min(phase, height % stride)
    let images = imagesOfGroup(group)
    return images.lowerBound * perImage + before * columns * images.count * pixel
  }

  /// Tiles, which may run in any order, by any worker: rows of the images.
  var tileCount: Int { height }

  func run(_ values: UnsafeMutablePointer<Float>, _ row: Int) {
    let (fold, phase) = row.quotientAndRemainder(dividingBy: stride)
    for image in 0..<images {
      let group = group(of: image)
      let members = imagesOfGroup(group)
      let (pixel, pitch) = (pixel, members.count * pixel)
      let line = values + (source + (image * height + row) * width * channels)
      var to =
        values + (result + offset(phase: phase, group: group))
        + (fold * columns * pitch + (image - members.lowerBound) * pixel)
      var place = 0
      while place < width &* channels {
        let run = min(pixel, width &* channels &- place)
        to.copy(line + place, run)
        (to + run).clear(pixel &- run)
        place &+= run
        to += pitch
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
