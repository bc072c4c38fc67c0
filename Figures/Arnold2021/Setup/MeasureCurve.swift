import Plotting
import Reproduction
import Statistics

/// The way of one measure over a meta-training, seed by seed.
public struct MeasureCurve: Codable, Equatable, Sendable {
  /// What it is the curve of.
  public var name: String
  /// The iterations.
  public var iterations: [Int]
  /// The values of every seed.
  public var values: PerSeed<[Double]>

  /// A curve of given values.
  public init(_ name: String, at iterations: [Int], _ values: PerSeed<[Double]>) {
    self.name = name
    self.iterations = iterations
    self.values = values
  }

  /// A curve of what a function finds in every point of some outcomes.
  public init(
    _ name: String, _ outcomes: PerSeed<SyntheticOutcome>,
    _ points: (SyntheticOutcome) -> [SyntheticOutcome.Point],
    _ value: (SyntheticOutcome.Point) -> Double
  ) {
    self.name = name
    iterations = outcomes.values.first.map { points($0).map(\.iteration) } ?? []
    values = outcomes.map { points($0).map(value) }
  }

  /// The last value of every seed.
  public var last: PerSeed<Double> { values.map { $0[$0.count - 1] } }

  /// The first value of every seed, before training.
  public var first: PerSeed<Double> { values.map { $0[0] } }

  /// The mean over seeds in a band of its 95 % interval, as the series of an index.
  public func marks(series: Int, in limits: ClosedRange<Double>) -> [any Mark] {
    let intervals = iterations.indices.map { point in values.map { $0[point] }.interval() }
    func within(_ value: Double) -> Double {
      min(max(value, limits.lowerBound), limits.upperBound)
    }
    return [
      Band(
        iterations, lower: intervals.map { within($0.lower) },
        upper: intervals.map { within($0.upper) }
      ).colored(.series(series)),
      Line(iterations, intervals.map(\.estimate), label: name, markers: false)
        .colored(.series(series)),
    ]
  }

  /// A row for every seed and iteration, under `["curve", "iteration", "seed", "value"]`.
  public func append(to table: inout TidyTable, in panel: String) {
    for (seed, values) in zip(values.seeds, values.values) {
      for (iteration, value) in zip(iterations, values) {
        table.append([
          .text(panel), .text(name), .integer(iteration), .text(String(seed)), .number(value),
        ])
      }
    }
  }

  /// An empty table for ``append(to:in:)``.
  public static var emptyTable: TidyTable {
    TidyTable(columns: ["panel", "curve", "iteration", "seed", "value"])
  }
}
