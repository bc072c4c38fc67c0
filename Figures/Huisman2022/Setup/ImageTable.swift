import Algorithms
import Claims
import CommonSetup
import DataSets
import Experiments
import Plotting
import Reproduction
import Statistics

/// What methods reach on unseen classes, with the paper's numbers.
package typealias ImageResults = BesidePaper<Grid<ImagePlace, ImageOutcome>>

/// A table of section 3.5.3 or 3.5.4: methods below each other, sets and shots side by side.
package protocol ImageTable: ComputedFigure where Results == ImageResults {
  /// The table's rows, of which a budget may leave out some.
  static var methods: [ImageMethod] { get }
  /// Whether methods are judged on another set than they are trained on.
  static var isCrossDomain: Bool { get }
}

extension ImageTable {
  package static func named(_ name: String, title: String, summary: String) -> FigureIdentity {
    FigureIdentity(
      name, of: "Huisman2022", title: title, summary: summary,
      dataSets: ImageProtocol.bothSets.map(\.name))
  }

  static func columns(_ budget: Budget, of named: ImageSet?) -> [ImageColumn] {
    let world = ImageProtocol.of(budget)
    let sets = isCrossDomain ? world.crossDomainSets : named.map { [$0] } ?? world.sets
    return sets.flatMap { set in
      (isCrossDomain ? world.crossDomainShots : ImageProtocol.shots).map { shots in
        let other = set == .cub ? ImageSet.miniImageNet : .cub
        return ImageColumn(set: set, judge: isCrossDomain ? other : set, shots: shots)
      }
    }
  }

  package static func columns(_ scope: ClaimScope) -> [ImageColumn] {
    columns(scope.budget, of: scope.data.flatMap(ImageSet.named))
  }

  static func rows(_ budget: Budget) -> [ImageMethod] {
    methods.filter(ImageProtocol.of(budget).methods.contains)
  }

  package func study(_ options: FigureOptions) throws -> Study<ImageResults> {
    let named = options.sets(ImageProtocol.bothSets)
    let columns = Self.columns(options.budget, of: named.count == 1 ? named[0] : nil)
    let sets = ImageProtocol.bothSets.filter { set in
      columns.contains { [$0.set, $0.judge].contains(set) }
    }
    let experiments = try ImageExperiments(on: sets, options)
    let places = Self.rows(options.budget).flatMap { method in columns.map { $0.place(method) } }
    return try grid(places, seeds: options.seeds) { try experiments.study($0, seed: $1) }
      .using(experiments.data).besidePaper(Self.identity, on: experiments.found, options)
  }

  package func draw(_ results: ImageResults) -> Table {
    let places = results.found.places
    let columns = Array(places.map(\.column).uniqued())
    let level = results.found.found[0].values.map(\.accuracy).medianInterval().level
    return Table(
      Self.identity.title,
      columns: columns.map { Table.Column($0.name(results.shortTitle)) },
      caption: "Accuracy on episodes of unseen classes, 5 ways, 15 queries of each; medians over "
        + "\(results.found.found[0].values.count) seeds with the order statistics that hold them "
        + "with \(Int((level * 100).rounded())) %."
        + results.caption
    ) {
      for method in ImageMethod.allCases where places.contains(where: { $0.method == method }) {
        Table.Row(
          method.rawValue,
          columns.map { column in
            let place = column.place(method)
            let paper = results.paper[place.paperName]
            guard let found = results.found[place]?.map(\.accuracy) else {
              return paper.map { .paper($0) } ?? .missing
            }
            let interval = found.medianInterval()
            return .value(
              interval.estimate, interval.isBounded ? interval.lower...interval.upper : nil,
              paper: paper)
          })
      }
    }
  }

  /// Every cell, and the loss that its training began with.
  @QuantityBuilder package func quantities(in results: ImageResults) -> [Quantity] {
    for (place, found) in results.found.found {
      let columns: KeyValuePairs = [
        "method": place.method.rawValue, "trained on": results.title(place.set),
        "judged on": results.title(place.judge), "shots": "\(place.shots)",
      ]
      Quantity(
        "accuracy", at: columns, found.map(\.accuracy), metric: "accuracy-\(place.key)",
        within: .absolute(0.05), paper: results.id(place.paperName))
      if found.values.allSatisfy({ $0.firstLoss != nil }) {
        Quantity(
          "first-loss", at: columns, found.map { $0.firstLoss ?? .nan },
          metric: "first-loss-\(place.key)", within: .relative(2e-6))
      }
    }
  }
}

extension ImageResults {
  /// How a set's images are called above columns: the caption says what stand-ins stand for.
  fileprivate func shortTitle(_ set: ImageSet) -> String {
    title(set).hasPrefix(set.standIn) ? set.standIn : heading(set)
  }
}
