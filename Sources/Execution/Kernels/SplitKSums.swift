import Vectors

/// How workers share the gradient of a filter where images are large: by what they go through.
///
/// Each range of the images adds up the whole filter's gradient, the first range where the result
/// lies and each other one in a place of its own; the sums are then added in their order. If the
/// filter were cut instead, every part of it would go through all images.
struct SplitKSums {
  /// Ranges of the images; with one, it is the filter that is cut, if anything is.
  var count = 1
  /// Numbers of the filter.
  var size = 0
  var result = 0
  /// Where the sums of the other ranges lie.
  var others = 0

  /// Ranges that are enough for many workers.
  private static let most = 8
  /// Numbers read for each one that is written: adding the sums then takes no time to speak of.
  private static let fewestReads = 8

  /// `isShared`: whether several workers share the gradient.
  ///
  /// The count depends on the sizes alone, and is even so that two workers have as much to do.
  init(_ geometry: ConvolutionGeometry, isShared: Bool) {
    guard isShared, geometry.method != .windows else { return }
    size = geometry.filterCount
    let read = geometry.imageCount + geometry.outputCount
    count = max(min(read / (Self.fewestReads * size), Self.most) / 2 * 2, 1)
  }

  /// Numbers that the sums of the other ranges need.
  var room: Int { (count - 1) * size }

  /// Where a range's sum lies.
  func place(_ range: Int) -> Int { range == 0 ? result : others + (range - 1) * size }

  /// The range's share of so many things in order.
  func share(_ range: Int, of things: Int) -> Range<Int> {
    range * things / count..<(range + 1) * things / count
  }

  /// Adds the sums of the other ranges to the first.
  func combine(_ values: UnsafeMutablePointer<Float>) {
    for range in 1..<max(count, 1) { (values + result).add(values + place(range), size) }
  }
}
