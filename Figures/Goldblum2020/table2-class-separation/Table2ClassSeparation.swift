import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Networks
import Plotting
import Reproduction
import Statistics

/// Table 2: extractors of meta-learning keep classes apart better than classical ones.
@main
struct Table2ClassSeparation: ComputedFigure {
  static let identity = FigureIdentity(
    "table2-class-separation", of: "Goldblum2020",
    title: "Class separation of meta-learned and classical extractors",
    summary: "R_FC and R_HV, the variation within classes beside that between them, of extractors "
      + "trained on episodes and as classifiers.",
    dataSets: World.sets.map(\.name))
  static let departures = Departures.extractors + Departures.separation

  func study(_ options: FigureOptions) throws -> Study<BesidePaper<ExtractorGrid>> {
    let experiments = try ExtractorExperiments(options)
    return try grid(experiments.extractors, seeds: options.seeds) {
      try experiments.run($0, seed: $1).study
    }.using(experiments.data).besidePaper(Self.identity, on: experiments.found, options)
  }

  func draw(_ results: BesidePaper<ExtractorGrid>) -> Table {
    let columns = ClassSeparation.allCases.flatMap { measure in
      World.sets.map { (measure: measure, set: $0) }
    }
    return Table(
      Self.identity.title,
      columns: columns.map {
        Table.Column("\($0.measure.title) \(results.heading($0.set))", digits: 2, best: .lowest)
      },
      caption: "Means over pairs of training classes, and over seeds with 95 % intervals "
        + "(Student's t); low is well separated. \(results.found.networkCaption) The form is that "
        + "of the authors' code, in which R_HV may exceed one. Rows with R_FC and R_HV are not in "
        + "the paper's table." + results.caption
    ) {
      for row in results.found.rows {
        Table.Row(
          results.found.title(row),
          columns.map { column in
            let extractor = Extractor(column.set, row.network, row.routine)
            return results.found.separation(extractor, column.measure, .released)?.cell(
              paper: Self.paperName(extractor, column.measure).flatMap { results.paper[$0] })
              ?? .missing
          })
      }
    }
  }

  private static func paperName(_ extractor: Extractor, _ measure: ClassSeparation) -> String? {
    extractor.separationTitle.map { "\($0)/\(extractor.set.title)/\(measure.title)" }
  }

  static func claims(_ scope: ClaimScope) -> [Claim<BesidePaper<ExtractorGrid>>] {
    [
      Claim(
        "goldblum2020/table2-class-separation/meta-separates-better",
        quoting: "On both CIFAR-FS and mini-ImageNet, the meta-learned models attain lower values, "
          + "indicating that feature space clustering plays a role in the effectiveness of "
          + "meta-learning.", at: "Section 4.1, Table 2",
        gate: World.of(scope.budget).gate(scope, comparesMetaLearning: true) {
          $0.found.accuracy($1, shots: 1)
        }
      ) {
        for own in World.of(scope.budget).extractors where own.routine.isMetaLearned {
          for measure in ClassSeparation.allCases {
            for form in ClassSeparation.Form.allCases {
              Criterion(
                "\(own.routine.title) on \(own.network.title), \(own.set.title), \(measure.title)"
                  + (form == .printed ? " as printed" : ""),
                statistic: "\(measure.title) of the classical extractor − that of the meta-learned",
                .positive, role: form == .released ? .decides : .accompanies
              ) { results in
                results.found.gain(of: own.trained(.classical), over: own) {
                  $0.separation[measure, form]
                }
              }
            }
          }
        }
      }
    ]
  }

  func quantities(in results: BesidePaper<ExtractorGrid>) -> [Quantity] {
    for (extractor, found) in results.found.found {
      for measure in ClassSeparation.allCases {
        let name = measure == .featureClustering ? "fc" : "hv"
        Quantity(
          measure.title, at: extractor.columns, found.map { $0.separation[measure, .released] },
          metric: "\(name)-\(extractor.key)",
          paper: Self.paperName(extractor, measure).flatMap(results.id))
        Quantity(
          "\(measure.title)-printed", at: extractor.columns,
          found.map { $0.separation[measure, .printed] }, within: nil)
      }
    }
    results.found.commonQuantities
  }
}
