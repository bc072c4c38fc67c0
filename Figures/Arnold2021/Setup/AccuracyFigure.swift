import Claims
import CommonSetup
import Experiments
import Plotting
import Reproduction
import Statistics
import Training

/// A figure or table made of such a grid.
public protocol AccuracyFigure: Arnold2021Figure where Results == AccuracyGrid {
  /// Which layers the inner loop adapts.
  static var family: Family { get }
  /// The data sets.
  static var sets: [ImageSet] { get }
  /// The methods.
  static var methods: [Method] { get }
  /// The depths, of those that the world has.
  static func depths(in world: ImageWorld) -> [Int]
  /// The paper's own value of a place in the grid, by what follows the figure in its name.
  static func paperName(_ variant: AccuracyGrid.Variant) -> String
}

extension AccuracyFigure {
  /// Embedded stand-ins, real characters beside them, or all real.
  public static var dataSets: [String] { ImageSet.choices }
  /// Those of networks on images, and of what helps them here.
  public static var departures: [String] {
    Departures.images + Departures.networks
      + (methods.contains(.linNet) ? Departures.linNet : [])
      + (methods.contains(.metaKFO) ? Departures.metaKFO : [])
      + (family == .anil ? Departures.anil : [])
      + (family == .anil && methods.contains(.metaKFO) ? Departures.anilKFO : [])
  }
  /// Meta-KFO with linear maps, or with two hidden layers.
  public static var presets: [String] {
    methods.contains(.metaKFO) ? ["linear", "nonlinear"] : []
  }
  /// All layers.
  public static var family: Family { .maml }
  /// All three.
  public static var sets: [ImageSet] { ImageSet.allCases }
  /// CNN(2) alone.
  public static func depths(in world: ImageWorld) -> [Int] { [2] }
  /// Data set and method, as in the tables of CNN(2).
  public static func paperName(_ variant: AccuracyGrid.Variant) -> String {
    "\(variant.set.title)/\(variant.method.title(family))"
  }

  private func variants(_ budget: Budget) -> [AccuracyGrid.Variant] {
    Self.sets.flatMap { set in
      Self.depths(in: .of(budget)).flatMap { depth in
        Self.methods.map { AccuracyGrid.Variant(set: set, method: $0, depth: depth) }
      }
    }
  }

  private func run(
    _ variant: AccuracyGrid.Variant, _ seed: UInt64, in experiments: ImageExperiments
  ) throws -> AccuracyRun {
    try experiments.network(
      variant.method, Self.family, on: variant.set, depth: variant.depth, seed: seed)
  }

  /// The digests of the images.
  public func dataDigests(for options: FigureOptions) throws -> [String: String] {
    try ImageExperiments(on: Self.sets, options).digests
  }

  /// Every training and its evaluation.
  public func runs(for options: FigureOptions) throws -> [PlannedRun] {
    let experiments = try ImageExperiments(on: Self.sets, options)
    return try variants(options.budget).flatMap { variant in
      try options.seeds.flatMap { try run(variant, $0, in: experiments).planned }
    }
  }

  /// The grid, every run on a core of its own.
  public func measure(with context: FigureContext) async throws -> AccuracyGrid {
    let options = context.options
    let experiments = try ImageExperiments(on: Self.sets, options)
    let variants = variants(options.budget)
    let outcomes = try await context.outcomes(of: variants) {
      try run($0, $1, in: experiments)
    }
    return AccuracyGrid(
      cells: zip(variants, outcomes).map { variant, found in
        AccuracyGrid.Cell(
          variant: variant, accuracy: found.map { $0.points[$0.points.count - 1].accuracy },
          firstLoss: found.map(\.firstLoss))
      },
      paper: try PaperValues.load("arnold2021", from: .located()).numbers(of: Self.name),
      data: Self.sets.map { $0.description(options) })
  }

  /// Every cell, in per cent as in the paper, and beside it the loss that its training began with.
  public func metrics(in results: AccuracyGrid) -> [Metric] {
    results.cells.flatMap { cell in
      let variant = cell.variant
      let paper = Self.paperName(variant)
      let place = "\(variant.set.rawValue)-\(variant.method.rawValue)-\(variant.depth)"
      let accuracy = Metric(
        "accuracy-\(place)", cell.accuracy.map { 100 * $0 }, tolerance: .absolute(5),
        paperValue: results.paper[paper].map { _ in Self.prefix + paper })
      let loss = cell.firstLoss.map { Metric(firstLoss: place, $0) }
      return [accuracy] + (loss.map { [$0] } ?? [])
    }
  }

  /// What the names of the paper's values of this figure begin with.
  private static var prefix: String { "arnold2021/\(name)/" }

  /// A row for every cell and seed.
  public func table(of results: AccuracyGrid) -> TidyTable {
    var table = TidyTable(columns: ["data", "method", "layers", "seed", "accuracy"])
    for cell in results.cells {
      for (seed, value) in zip(cell.accuracy.seeds, cell.accuracy.values) {
        table.append([
          .text(cell.variant.set.title), .text(cell.variant.method.title(Self.family)),
          .integer(cell.variant.depth), .text(String(seed)), .number(value),
        ])
      }
    }
    return table
  }

  /// What the numbers of a table or figure are.
  public func caption(_ results: AccuracyGrid) -> String {
    "Accuracy on episodes of unseen classes, 5 ways, 5 shots, after 5 inner steps; means over seeds "
      + "with 95 % intervals (Student t)."
  }

  /// A table with a column for each data set and a row for each method and depth.
  ///
  /// - Parameters:
  ///   - results: The grid.
  ///   - title: The line above.
  ///   - row: The name of a row.
  /// - Returns: The table.
  public func table(
    of results: AccuracyGrid, title: String, row: (Method, Int) -> String
  ) -> Table {
    Table(
      title, columns: results.sets.map { Table.Column($0.title, digits: 1) },
      caption: "Per cent. " + caption(results)
    ) {
      for depth in results.depths {
        for method in Self.methods {
          Table.Row(
            row(method, depth),
            results.sets.map { set in
              let variant = AccuracyGrid.Variant(set: set, method: method, depth: depth)
              return results.cell(variant, paper: Self.paperName(variant))
            })
        }
      }
    }
  }

  /// Accuracy against depth, a plot for each data set.
  public func curves(of results: AccuracyGrid) -> Picture {
    Picture(
      width: 6.75, columns: results.sets.count, caption: caption(results)
    ) {
      for set in results.sets {
        Plot(
          set.title, x: Axis("convolutional layers", ticks: results.depths.map(Double.init)),
          y: Axis("accuracy")
        ) {
          for (index, method) in Self.methods.enumerated() {
            let points = results.depths.compactMap { depth in
              results[set, method, depth].map { (depth: depth, interval: $0.interval()) }
            }
            ErrorBars(
              points.map(\.depth),
              points.map { max($0.interval.lower, 0)...min($0.interval.upper, 1) }
            ).colored(.series(index))
            Line(
              points.map(\.depth), points.map(\.interval.estimate),
              label: method.title(Self.family)
            ).colored(.series(index))
          }
        }
      }
    }
  }
}
