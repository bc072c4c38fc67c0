/// How a meta-iteration's time grows with one of its numbers, all others being those of W1.
struct Growth {
  var title: String
  var values: [Int]
  var workload: @Sendable (Int) -> Workload

  static let all = [
    Growth(title: "inner steps", values: [1, 2, 4, 8, 16]) { steps in
      .metaTraining("", "", .omniglot(ways: 5), steps: steps)
    },
    Growth(title: "episodes", values: [4, 8, 16, 32, 64]) { episodes in
      .metaTraining("", "", .omniglot(ways: 5), episodes: episodes)
    },
    Growth(title: "shots, and queries of each class", values: [1, 2, 4, 8, 16]) { shots in
      .metaTraining("", "", .omniglot(ways: 5), support: 5 * shots, query: 5 * shots)
    },
  ]

  /// A table of medians, beside the straight line through them.
  func table(threads: Int, repeats: Int) async throws -> String {
    var medians: [Double] = []
    for value in values {
      var seconds: [Double] = []
      try await workload(value).run(threads) { iterate in
        for iteration in 0..<repeats + 1 {
          let time = try await Stopwatch.seconds(iterate)
          if iteration > 0 { seconds.append(time) }
        }
      }
      medians.append(seconds.sorted()[repeats / 2])
    }
    let line = Line(through: values.map(Double.init), medians)
    let rows = zip(values, medians).map { value, median in
      let share = 100 * (median / line.at(Double(value)) - 1)
      return "| \(value) | \(Self.milliseconds(median)) | "
        + "\(Self.milliseconds(median / Double(value))) | \(Int(share.rounded())) % |"
    }
    return """
      | \(title) | ms | ms for each | off the line |
      | ---: | ---: | ---: | ---: |
      \(rows.joined(separator: "\n"))
      """
  }

  private static func milliseconds(_ seconds: Double) -> String {
    "\((seconds * 1e4).rounded() / 10)"
  }
}

/// The straight line with the least sum of squared relative residuals.
private struct Line {
  private var start = 0.0
  private var slope = 0.0

  init(through x: [Double], _ y: [Double]) {
    let weights = y.map { 1 / ($0 * $0) }
    func mean(_ values: [Double]) -> Double {
      zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }
    let (x0, y0) = (mean(x), mean(y))
    slope =
      mean(zip(x, y).map { ($0 - x0) * ($1 - y0) }) / mean(x.map { ($0 - x0) * ($0 - x0) })
    start = y0 - slope * x0
  }

  func at(_ x: Double) -> Double { start + slope * x }
}
