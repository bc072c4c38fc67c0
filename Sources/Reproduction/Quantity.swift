import Claims
import Statistics

/// Something that a figure measures: a number for each seed, or a curve over an axis.
///
/// The one list of a figure's quantities gives the rows of its CSV file, the metrics beside its
/// picture, the golden values with their tolerances, and the paper's own numbers. What only the CSV
/// file holds has no tolerance.
public struct Quantity: Sendable {
  /// A curve's point that is held to golden values, under a name of its own.
  public struct Held: Sendable {
    let name: String
    let index: @Sendable (Int) -> Int
    let tolerance: Tolerance

    /// The first point.
    public static func first(_ name: String, within tolerance: Tolerance) -> Held {
      Held(name: name, index: { _ in 0 }, tolerance: tolerance)
    }

    /// The last point.
    public static func last(_ name: String, within tolerance: Tolerance = .relative(0.05)) -> Held {
      Held(name: name, index: { $0 - 1 }, tolerance: tolerance)
    }

    /// The point of an index, or the last one if there are fewer.
    public static func point(
      _ index: Int, _ name: String, within tolerance: Tolerance
    ) -> Held {
      Held(name: name, index: { min(index, $0 - 1) }, tolerance: tolerance)
    }
  }

  /// What is measured: `accuracy`.
  public let name: String
  /// Where: words by the name of their column, `["data": "glyphs", "method": "MAML"]`.
  public let place: KeyValuePairs<String, String>
  let axis: (name: String, values: [Double])?
  let curves: PerSeed<[Double]>
  /// What is held to golden values.
  package let metrics: [Metric]

  /// A number for each seed.
  ///
  /// - Parameters:
  ///   - name: What is measured, in words with hyphens.
  ///   - place: Where, by column.
  ///   - values: The number of each seed.
  ///   - metric: The name among the metrics; the quantity's own if nothing is said.
  ///   - tolerance: How far it may be off where other kernels ran; not held if nil.
  ///   - paper: The name of the paper's own number, as in `Data/papers`.
  public init(
    _ name: String, at place: KeyValuePairs<String, String> = [:], _ values: PerSeed<Double>,
    metric: String? = nil, within tolerance: Tolerance? = .relative(0.05), paper: String? = nil
  ) {
    (self.name, self.place, axis) = (name, place, nil)
    curves = values.map { [$0] }
    metrics =
      tolerance.map {
        [Metric(metric ?? name, values, tolerance: $0, paperValue: paper)]
      } ?? []
  }

  /// A number for each seed that has one; seeds without one have no row, and nothing is held.
  public init(
    _ name: String, at place: KeyValuePairs<String, String> = [:],
    whereKnown values: PerSeed<Double?>
  ) {
    (self.name, self.place, axis, metrics) = (name, place, nil, [])
    curves = values.map { $0.map { [$0] } ?? [] }
  }

  /// A curve for each seed, of which some points are held.
  public init(
    _ name: String, at place: KeyValuePairs<String, String> = [:], _ curves: PerSeed<[Double]>,
    over axis: String, _ points: [some BinaryInteger], holding held: [Held] = []
  ) {
    self.init(name, at: place, curves, over: axis, points.map { Double($0) }, holding: held)
  }

  /// A curve for each seed over an axis of any numbers, of which some points are held.
  public init(
    _ name: String, at place: KeyValuePairs<String, String> = [:], _ curves: PerSeed<[Double]>,
    over axis: String, _ points: [Double], holding held: [Held] = []
  ) {
    (self.name, self.place, self.axis, self.curves) = (name, place, (axis, points), curves)
    metrics = held.map { held in
      Metric(held.name, curves.map { $0[held.index($0.count)] }, tolerance: held.tolerance)
    }
  }
}

/// Lists quantities one after the other, with loops and conditions between them.
@resultBuilder
public enum QuantityBuilder {
  /// One quantity.
  public static func buildExpression(_ quantity: Quantity) -> [Quantity] { [quantity] }
  /// Several at once.
  public static func buildExpression(_ quantities: [Quantity]) -> [Quantity] { quantities }
  /// All of them in order.
  public static func buildBlock(_ parts: [Quantity]...) -> [Quantity] { parts.flatMap(\.self) }
  /// Those of a loop.
  public static func buildArray(_ parts: [[Quantity]]) -> [Quantity] { parts.flatMap(\.self) }
  /// Those of a condition, if it holds.
  public static func buildOptional(_ part: [Quantity]?) -> [Quantity] { part ?? [] }
  /// Those of the first branch.
  public static func buildEither(first part: [Quantity]) -> [Quantity] { part }
  /// Those of the second branch.
  public static func buildEither(second part: [Quantity]) -> [Quantity] { part }
}

extension TidyTable {
  /// One row for each number: what, where, at which point of the axis, of which seed.
  init(_ quantities: [Quantity]) {
    var columns: [String] = []
    for name in quantities.flatMap({ $0.place.map(\.key) + [$0.axis?.name].compactMap(\.self) })
    where !columns.contains(name) { columns.append(name) }
    self.init(columns: ["quantity"] + columns + ["seed", "value"])
    for quantity in quantities {
      for (seed, curve) in zip(quantity.curves.seeds, quantity.curves.values) {
        for (index, value) in curve.enumerated() {
          let cells = columns.map { column -> Cell in
            if let axis = quantity.axis, axis.name == column {
              return axis.values.indices.contains(index) ? .axis(axis.values[index]) : .text("")
            }
            return .text(quantity.place.first { $0.key == column }?.value ?? "")
          }
          append([.text(quantity.name)] + cells + [.text(String(seed)), .number(value)])
        }
      }
    }
  }
}

extension TidyTable.Cell {
  /// A point of an axis; whole numbers are counts.
  fileprivate static func axis(_ value: Double) -> TidyTable.Cell {
    Int(exactly: value).map(TidyTable.Cell.integer) ?? .number(value)
  }
}
