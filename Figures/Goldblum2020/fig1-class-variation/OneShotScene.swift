import Episodes
import Goldblum2020Setup
import Plotting

/// Points of two classes, and boundaries that one example of each gives.
struct OneShotScene: Codable, Sendable {
  var ratio: Double
  var first: [[Double]]
  var second: [[Double]]
  /// One example of each class for every boundary.
  var examples: [[[Double]]]

  /// What the first draws of a seed give at a variance ratio.
  init(of trials: OneShotTrials, at ratio: Double) {
    let clouds = trials.clouds(ratio)
    var generator = Generator(seed: trials.seed).split("scene")
    func points(_ count: Int, ofFirst first: Bool) -> [[Double]] {
      (0..<count).map { _ in clouds.point(ofFirst: first, using: &generator) }
    }
    self.ratio = ratio
    first = points(120, ofFirst: true)
    second = points(120, ofFirst: false)
    examples = (0..<40).map { _ in
      [points(1, ofFirst: true)[0], points(1, ofFirst: false)[0]]
    }
  }

  private static let side = 2.1

  func plot(_ title: String) -> Plot {
    let range = -Self.side...Self.side
    return Plot(
      title, x: Axis("feature 1", range: range), y: Axis("feature 2", range: range)
    ) {
      for pair in examples {
        if let ends = Self.boundary(pair[0], pair[1]) {
          Line(ends.map(\.x), ends.map(\.y), emphasis: .faint, markers: false)
            .colored(.series(4))
        }
      }
      Points(first.map { $0[0] }, first.map { $0[1] }, marker: .circle, size: 2.2)
        .colored(.series(0))
      Points(second.map { $0[0] }, second.map { $0[1] }, marker: .square, size: 2.2)
        .colored(.series(1))
    }
  }

  /// Where the line of points as far from x as from y enters and leaves the plot.
  private static func boundary(_ x: [Double], _ y: [Double]) -> [(x: Double, y: Double)]? {
    let middle = [(x[0] + y[0]) / 2, (x[1] + y[1]) / 2]
    let direction = [y[1] - x[1], x[0] - y[0]]
    var (low, high) = (-Double.infinity, Double.infinity)
    for axis in 0..<2 where direction[axis] != 0 {
      let ends = [-side, side].map { ($0 - middle[axis]) / direction[axis] }
      low = max(low, min(ends[0], ends[1]))
      high = min(high, max(ends[0], ends[1]))
    }
    guard low < high, low.isFinite, high.isFinite else { return nil }
    return [low, high].map {
      (x: middle[0] + $0 * direction[0], y: middle[1] + $0 * direction[1])
    }
  }
}
