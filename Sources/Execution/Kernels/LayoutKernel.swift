import Tensors

/// Copies a box of one array into a box of another: padding and concatenation.
struct LayoutKernel {
  /// Rows of contiguous numbers, by the axes that number them.
  var extents: [Int]
  var sourceStrides: [Int]
  var targetStrides: [Int]
  var run: Int
  var source: Int
  var target: Int
  /// Floats of the target to clear first.
  var cleared: Int?

  init(
    box: Shape, source: Int, sourceStrides: [Int], target: Int, targetStrides: [Int],
    clearing: Int? = nil, from clearedAt: Int = 0
  ) {
    run = box.rank == 0 ? 1 : box[-1]
    extents = Array(box.extents.dropLast())
    self.sourceStrides = Array(sourceStrides.dropLast())
    self.targetStrides = Array(targetStrides.dropLast())
    self.source = source
    self.target = target
    cleared = clearing
    clearedStart = clearedAt
  }

  var clearedStart: Int

  func run(_ values: UnsafeMutablePointer<Float>) {
    if let cleared { (values + clearedStart).update(repeating: 0, count: cleared) }
    let rows = extents.reduce(1, *)
    var index = [Int](repeating: 0, count: extents.count)
    var (from, to) = (source, target)
    for _ in 0..<rows {
      (values + to).update(from: values + from, count: run)
      var axis = extents.count - 1
      while axis >= 0 {
        index[axis] += 1
        from += sourceStrides[axis]
        to += targetStrides[axis]
        if index[axis] < extents[axis] { break }
        from -= extents[axis] * sourceStrides[axis]
        to -= extents[axis] * targetStrides[axis]
        index[axis] = 0
        axis -= 1
      }
    }
  }
}
