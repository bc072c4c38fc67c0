/// How often values fall into bins: a pale area under a stepped outline.
public struct Histogram: Mark {
  /// Its label, axis and colour.
  public var settings: MarkSettings
  let edges: [Double]
  let heights: [Double]

  /// Counts, or densities, of values between edges.
  ///
  /// - Parameters:
  ///   - values: The sample; values outside the edges are not counted.
  ///   - edges: Ascending limits of the bins, the last one included; see `edges(covering:bins:)`.
  ///   - isDensity: Whether the area is one rather than the sum of counts.
  ///   - label: The line in the legend.
  public init(
    _ values: some Sequence<some Coordinate>, edges: [Double], isDensity: Bool = false,
    label: String? = nil
  ) {
    precondition(
      edges.count > 1 && zip(edges, edges.dropFirst()).allSatisfy(<), "edges must ascend")
    var counts = [Double](repeating: 0, count: edges.count - 1)
    for value in values.map(\.coordinate) {
      guard value >= edges[0], value <= edges[edges.count - 1] else { continue }
      let above = edges.firstIndex { $0 > value } ?? edges.count - 1
      counts[above - 1] += 1
    }
    let total = max(counts.reduce(0, +), 1)
    self.edges = edges
    heights = counts.indices.map { index in
      isDensity ? counts[index] / total / (edges[index + 1] - edges[index]) : counts[index]
    }
    settings = MarkSettings(label: label)
  }

  /// Equally wide bins from the least to the greatest value of all samples, so that they compare.
  public static func edges(covering samples: [[Double]], bins: Int) -> [Double] {
    precondition(bins > 0, "a histogram needs a bin")
    let limits = DataRange(samples.joined()).limits ?? 0...1
    let low = limits.lowerBound
    let isSpread = limits.upperBound > low
    let width = isSpread ? (limits.upperBound - low) / Double(bins) : 1
    // The last edge is the greatest value itself, so that rounding does not leave it out.
    let inner = (0..<bins).map { low + Double($0) * width }
    return inner + [isSpread ? limits.upperBound : low + Double(bins) * width]
  }

  /// What the horizontal axis must show.
  public var xRange: DataRange { DataRange(edges) }
  /// What the vertical axis must show.
  public var yRange: DataRange {
    var range = DataRange(heights + [0])
    range.baseline = 0
    return range
  }

  /// Draws the data.
  public func draw(in frame: Frame) {
    let steps = heights.indices.flatMap { index in
      [(x: edges[index], y: heights[index]), (x: edges[index + 1], y: heights[index])]
    }
    let outline = [(x: edges[0], y: 0.0)] + steps + [(x: edges[edges.count - 1], y: 0.0)]
    frame.fill(outline, color: frame.look.color.opacity(0.22))
    frame.stroke(outline, color: frame.look.color, width: 1.1, dash: frame.look.dash)
  }

  /// Draws a sample for the legend.
  public func drawSample(in box: Rect, of frame: Frame) {
    let path = Path(box.inset(by: Margins(left: 1, right: 1)))
    frame.fillPage(path, frame.look.color.opacity(0.22))
    frame.canvas.stroke(path, with: Pen(color: frame.look.color, width: 1.1))
  }
}
