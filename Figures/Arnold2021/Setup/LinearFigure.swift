import Claims
import CommonSetup
import DataSets
import Experiments
import Plotting
import Reproduction
import Statistics

/// A model of Figures 3 and B.2 on a data set.
package struct LinearModel: Codable, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Codable, Sendable {
    /// Softmax regression.
    case shallow = "LR"
    /// With linear layers before it.
    case deep = "LR + LinNet"
    /// Softmax regression at the adaptation rate that is best for it.
    case tuned = "LR, best rate"
    /// Softmax regression trained on ample data of the unseen classes.
    case ample = "ample data"
  }

  package var set: ImageSet
  package var kind: Kind
}

/// The accuracy of such a model on unseen classes over its meta-training.
package struct LinearCurve: Codable, Equatable, Sendable {
  /// The numbers of updates after which it was judged.
  package var iterations: [Int]
  package var accuracies: [Double]
  /// The mean loss of the first epoch while training, where it is meta-trained.
  package var firstLoss: Double?

  var last: Double { accuracies[accuracies.count - 1] }
}

extension Grid<LinearModel, LinearCurve> {
  /// What linear layers add to a quantity.
  fileprivate func gain(
    ofDeepOn set: ImageSet, _ quantity: (LinearCurve) -> Double
  ) -> PerSeed<Double>? {
    gain(
      of: LinearModel(set: set, kind: .deep), over: LinearModel(set: set, kind: .shallow),
      in: quantity)
  }
}

/// What softmax regression reaches on unseen classes.
package typealias LinearResults = BesidePaper<Grid<LinearModel, LinearCurve>>

/// Figures 3 and B.2: softmax regression on images.
package protocol LinearFigure: ComputedFigure where Results == LinearResults {
  static var sets: [ImageSet] { get }
}

extension LinearFigure {
  package static var departures: [String] { Departures.images + Departures.linear }
  package static var sets: [ImageSet] { ImageWorld.sets }

  package static func named(_ name: String, summary: String) -> FigureIdentity {
    FigureIdentity(
      name, of: "Arnold2021", title: "Softmax regression with and without a linear network",
      summary: summary, dataSets: sets.map(\.name))
  }

  package func study(_ options: FigureOptions) throws -> Study<LinearResults> {
    let experiments = try ImageExperiments(on: Self.sets, isLinear: true, options)
    let places = experiments.sets.flatMap { set in
      LinearModel.Kind.allCases.map { LinearModel(set: set, kind: $0) }
    }
    return try grid(places, seeds: options.seeds) { model, seed in
      switch model.kind {
      case .shallow, .deep:
        try experiments.linear(isDeep: model.kind == .deep, on: model.set, seed: seed)
      case .tuned: try experiments.linearAtBestRate(on: model.set, seed: seed)
      case .ample: try experiments.ampleData(on: model.set, seed: seed)
      }
    }.using(experiments.data).besidePaper(Self.identity, on: experiments.found, options)
  }

  package func draw(_ results: LinearResults) -> Picture {
    let sets = ImageWorld.sets.filter { set in results.found.places.contains { $0.set == set } }
    return Picture(
      width: 6.75, columns: sets.count, legend: .shared,
      caption:
        "Accuracy on episodes of unseen classes, 5 ways, 5 shots, after 5 inner steps. Best rate: of "
        + ImageExperiments.linearRates.map { "\($0)" }.joined(separator: ", ")
        + " the one that does best on validation classes. "
        + SeedCurve.caption(seeds: results.found.found[0].values.count)
    ) {
      for set in sets {
        Plot(results.heading(set), x: Axis("meta-iterations"), y: Axis("accuracy", range: 0...1)) {
          ReferenceLine.horizontal(at: 0.2, label: "chance").colored(.color(.quiet))
          if let ample = results.found[LinearModel(set: set, kind: .ample)] {
            ReferenceLine.horizontal(at: ample.map(\.last).mean, label: "ample data")
              .colored(.color(Color(0x56B4E9)))
          }
          if let tuned = results.found[LinearModel(set: set, kind: .tuned)] {
            ReferenceLine.horizontal(
              at: tuned.map(\.last).mean, label: LinearModel.Kind.tuned.rawValue
            ).colored(.color(Color(0xCC79A7)))
          }
          for (index, kind) in [LinearModel.Kind.shallow, .deep].enumerated() {
            if let found = results.found[LinearModel(set: set, kind: kind)] {
              SeedCurve(
                found.map(\.accuracies), over: found.values[0].iterations, kind.rawValue,
                within: 0...1
              ).marks(.series(index), markers: false)
            }
          }
        }
      }
    }
  }

  package static func claims(_ scope: ClaimScope) -> [Claim<LinearResults>] {
    let sets = scope.sets(sets)
    // Where ample data do not train softmax regression either, the images are to blame.
    let gate = Gate<LinearResults>(
      "softmax regression on ample data",
      accuracyAtLeast: Dictionary(uniqueKeysWithValues: sets.map { (scope.title($0), 0.4) }),
      lastQuarterGainsAtMost: Competence.lastQuarterGain
    ) { results in
      Dictionary(
        uniqueKeysWithValues: sets.compactMap { set in
          results.found[LinearModel(set: set, kind: .ample)].map {
            (scope.title(set), ReferenceArm($0.map(\.last)))
          }
        })
    }
    return [
      Claim(
        "arnold2021/\(identity.name)/linear-fails",
        quoting: "The black lines are the meta-learning performance, which only slightly improve "
          + "upon chance levels (20% on Ominglot and CIFAR-FS).", at: "Section 5.1, Figure 3",
        gate: gate
      ) {
        for set in sets {
          Criterion(
            scope.title(set), statistic: "accuracy of softmax regression − chance",
            .equivalent(margin: 0.05), in: .points
          ) { results in
            results.found[LinearModel(set: set, kind: .shallow)]?.map { $0.last - 0.2 }
          }
          Criterion(
            "\(scope.title(set)), best rate",
            statistic:
              "accuracy of softmax regression, at the adaptation rate of "
              + ImageExperiments.linearRates.map { "\($0)" }.joined(separator: ", ")
              + " that does best on validation classes, − chance", .equivalent(margin: 0.05),
            in: .points
          ) { results in
            results.found[LinearModel(set: set, kind: .tuned)]?.map { $0.last - 0.2 }
          }
          // At a rate that barely moves it LR stays where it began, whatever meta-training does.
          Criterion(
            "\(scope.title(set)), gain by meta-training",
            statistic: "gain of accuracy by meta-training, with linear layers − without", .positive,
            in: .points
          ) { $0.found.gain(ofDeepOn: set) { $0.last - $0.accuracies[0] } }
        }
      },
      Claim(
        "arnold2021/\(identity.name)/linnet-rescues",
        quoting: "when linear layers are added to these linear models, the meta-learning "
          + "performances are significantly improved.", at: "Section 5.1, Figure 3",
        gate: gate
      ) {
        for set in sets {
          Criterion(
            scope.title(set), statistic: "gain of accuracy by adding linear layers", .positive,
            in: .points
          ) { $0.found.gain(ofDeepOn: set) { $0.last } }
        }
      },
    ]
  }

  @QuantityBuilder package func quantities(in results: LinearResults) -> [Quantity] {
    for (model, found) in results.found.found {
      let names: [LinearModel.Kind: String] = [
        .shallow: "lr", .deep: "lr-linnet", .tuned: "lr-best-rate", .ample: "ample-data",
      ]
      let key = "\(names[model.kind] ?? "")-\(model.set.name)"
      let columns: KeyValuePairs = ["data": results.title(model.set), "model": model.kind.rawValue]
      Quantity(
        "accuracy", at: columns, found.map(\.accuracies), over: "iteration",
        found.values[0].iterations, holding: [.last(key)])
      if model.kind != .ample {
        Quantity(firstLossOf: key, at: columns, found.map { $0.firstLoss ?? .nan })
      }
    }
  }
}
