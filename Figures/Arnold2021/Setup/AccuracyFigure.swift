import Claims
import CommonSetup
import DataSets
import Experiments
import Plotting
import Reproduction
import Statistics

/// What networks reach on unseen classes, with the paper's numbers.
package typealias AccuracyResults = BesidePaper<Grid<Variant, Accuracy>>

/// A figure or table of networks' accuracies on unseen classes.
package protocol AccuracyFigure: ComputedFigure
where Results == AccuracyResults {
  /// Which layers the inner loop adapts.
  static var family: Family { get }
  /// The sets of the paper's columns.
  static var sets: [ImageSet] { get }
  static var methods: [Method] { get }
  static func depths(in world: ImageWorld) -> [Int]
  /// The paper's own value of a place, by what follows the figure in its name.
  static func paperName(_ variant: Variant) -> String
}

extension AccuracyFigure {
  package static var departures: [String] {
    Departures.images + Departures.networks
      + (methods.contains(.linNet) ? Departures.linNet : [])
      + (methods.contains(.tNets) ? Departures.tNets : [])
      + (methods.contains(.metaKFO) ? Departures.metaKFO : [])
      + (family == .anil ? Departures.anil : [])
      + (family == .anil && methods.contains(.metaKFO) ? Departures.anilKFO : [])
  }

  package static var family: Family { .maml }
  package static func seedCount(within budget: Budget) -> Int {
    budget.pick(smoke: 2, standard: 5, overnight: family == .maml ? 8 : 10, paper: 5)
  }
  package static var sets: [ImageSet] { ImageWorld.sets }
  /// Those of the sets that a budget has room for.
  package static func sets(within budget: Budget) -> [ImageSet] {
    sets.filter(ImageWorld.networkSets(within: budget).contains)
  }
  /// Those of the sets that claims are about.
  package static func sets(_ scope: ClaimScope) -> [ImageSet] {
    scope.sets(sets(within: scope.budget))
  }
  package static func depths(in world: ImageWorld) -> [Int] { [2] }

  package static func paperName(_ variant: Variant) -> String {
    "\(variant.set.title)/\(variant.method.title(family))"
  }

  /// What such a figure is; Meta-KFO has linear maps, or two hidden layers by a preset.
  package static func named(_ name: String, title: String, summary: String) -> FigureIdentity {
    FigureIdentity(
      name, of: "Arnold2021", title: title, summary: summary, dataSets: sets.map(\.name),
      presets: methods.contains(.metaKFO) ? ["linear", "nonlinear"] : [])
  }

  package func study(_ options: FigureOptions) throws -> Study<AccuracyResults> {
    let experiments = try ImageExperiments(on: Self.sets(within: options.budget), options)
    let places = experiments.sets.flatMap { set in
      Self.depths(in: experiments.world).flatMap { depth in
        Self.methods.map { Variant(set, $0, depth: depth) }
      }
    }
    return try grid(places, seeds: options.seeds) {
      try experiments.network($0, Self.family, seed: $1)
    }.using(experiments.data)
      .besidePaper(Self.identity, on: experiments.found, options)
  }

  /// Every cell, in per cent as in the paper, and the loss that its training began with.
  @QuantityBuilder package func quantities(in results: AccuracyResults) -> [Quantity] {
    for (variant, found) in results.found.found {
      let key = "\(variant.set.name)-\(variant.method.rawValue)-\(variant.depth)"
      let columns: KeyValuePairs = [
        "data": results.title(variant.set), "method": variant.method.title(Self.family),
        "layers": "\(variant.depth)",
      ]
      Quantity(
        "accuracy", at: columns, found.map { 100 * $0.accuracy }, metric: "accuracy-\(key)",
        within: .absolute(5), paper: results.id(Self.paperName(variant)))
      Quantity(firstLossOf: key, at: columns, found.map(\.firstLoss))
    }
  }

  private var caption: String {
    "Accuracy on episodes of unseen classes, 5 ways, 5 shots, after 5 inner steps; means over seeds "
      + "with 95 % intervals (Student t)."
  }

  /// A table with a column for each data set and a row for each method and depth.
  package func table(of results: AccuracyResults, row: (Method, Int) -> String) -> Table {
    let (sets, depths) = (results.found.sets, results.found.depths)
    return Table(
      Self.identity.title, columns: sets.map { Table.Column(results.heading($0), digits: 1) },
      caption: "Per cent. " + caption + results.caption
    ) {
      for depth in depths {
        for method in Self.methods {
          Table.Row(
            row(method, depth),
            sets.map { set in
              let variant = Variant(set, method, depth: depth)
              let paper = results.paper[Self.paperName(variant)]
              return results.found[variant]?.map(\.accuracy).cell(times: 100, paper: paper)
                ?? paper.map { .paper($0) } ?? .missing
            })
        }
      }
    }
  }

  /// Accuracy against depth, a plot for each data set.
  package func curves(of results: AccuracyResults) -> Picture {
    let (sets, depths) = (results.found.sets, results.found.depths)
    return Picture(
      width: 6.75, columns: sets.count, sharing: .y, legend: .shared, caption: caption
    ) {
      for set in sets {
        Plot(
          results.heading(set), x: Axis("convolutional layers", ticks: depths.map(Double.init)),
          y: Axis("accuracy")
        ) {
          for (index, method) in Self.methods.enumerated() {
            let points = depths.compactMap { depth in
              results.found[Variant(set, method, depth: depth)].map {
                (depth: depth, interval: $0.map(\.accuracy).interval())
              }
            }
            ErrorBars(points.map { Double($0.depth) }, points.map(\.interval), within: 0...1)
              .colored(.series(index))
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

extension Quantity {
  /// The loss that a training began with, held tightly.
  ///
  /// At the smoke budget it is that of two to four updates, in which other kernels change only the
  /// last digits. An error of a thousandth in what computes it is seen, as it is not in accuracies.
  package init(
    firstLossOf key: String, at place: KeyValuePairs<String, String>, _ values: PerSeed<Double>
  ) {
    self.init(
      "first-loss", at: place, values, metric: "first-loss-\(key)", within: .relative(5e-7))
  }
}

extension Grid<Variant, Accuracy> {
  package var sets: [ImageSet] {
    ImageWorld.sets.filter { set in places.contains { $0.set == set } }
  }

  package var depths: [Int] { Set(places.map(\.depth)).sorted() }

  /// The gain of accuracy of a method over another on CNN(2).
  package func gain(
    of method: Method, over other: Method, on set: ImageSet
  ) -> PerSeed<Double>? {
    gain(of: Variant(set, method), over: Variant(set, other)) { $0.accuracy }
  }

  /// The gain of a method over none at every depth, as one curve per seed.
  package func gains(of method: Method, on set: ImageSet) -> PerSeed<[Double]>? {
    let all = depths.compactMap { depth in
      gain(
        of: Variant(set, method, depth: depth), over: Variant(set, .null, depth: depth)
      ) { $0.accuracy }
    }
    guard let first = all.first, all.count == depths.count else { return nil }
    return PerSeed(
      seeds: first.seeds,
      values: first.seeds.map { seed in all.compactMap { $0.value(ofSeed: seed) } })
  }

  /// The trend of a method's gain over depth.
  package func trend(of method: Method, on set: ImageSet) -> PerSeed<Double>? {
    guard depths.count > 1 else { return nil }
    return gains(of: method, on: set)?.slopes(over: depths.map(Double.init))
  }
}
