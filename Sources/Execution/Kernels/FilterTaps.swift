/// Taps of a filter, side by side in one direction, that meet the same fold of an image.
///
/// Where a filter moves by a stride, an image is folded: `stride` rows, or columns, make one fold.
/// Tap k of the output at place p meets the image at `stride`·p + k − `border`: element `phase` of
/// the fold p + `shift`.
struct FilterTaps: Hashable {
  var first: Int
  var count: Int
  var phase: Int
  var shift: Int

  /// All taps of one direction; first the one that meets the place of the output itself.
  ///
  /// `joining`: whether those that meet one fold are taken together.
  static func all(_ taps: Int, stride: Int, border: Int, joining: Bool) -> [FilterTaps] {
    var all: [FilterTaps] = []
    for tap in 0..<taps {
      let place = tap - border
      let phase = (place % stride + stride) % stride
      let shift = (place - phase) / stride
      if joining, let last = all.last, last.shift == shift {
        all[all.count - 1].count += 1
      } else {
        all.append(FilterTaps(first: tap, count: 1, phase: phase, shift: shift))
      }
    }
    return all.sorted { (abs($0.shift), $0.phase) < (abs($1.shift), $1.phase) }
  }
}
