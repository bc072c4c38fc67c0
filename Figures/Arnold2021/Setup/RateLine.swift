import CommonSetup
import DataSets
import Experiments

/// A printed rate of Tables D.5–D.7, and what the runs of every budget have.
package struct RateLine: Codable, Hashable, Sendable {
  /// The data set's name in the paper's tables.
  package var data: String
  /// Whose rate it is: `LR`, `ANIL with KFO`.
  package var model: String
  /// Which of its rates, where the table has two.
  package var kind: String?
  /// The rates of the runs, in the order of the budgets.
  package var rates: [Double]
  /// Why the `paper` budget's is not the printed one, or where it comes from if none is legible.
  package var reason: String?

  /// What follows the table in the name of the paper's number.
  package var name: String { [data, model, kind].compactMap(\.self).joined(separator: "/") }
  /// The name in files: `omniglot-anil-with-kfo`.
  package var key: String {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
  }
  /// The rate at the budget that is the paper's protocol.
  package var ofPaper: Double { rates[Budget.allCases.count - 1] }

  /// A rate that is the same at every budget.
  private init(_ data: String, _ model: String, _ kind: String, everywhere rate: Double) {
    (self.data, self.model, self.kind) = (data, model, kind)
    rates = Budget.allCases.map { _ in rate }
  }

  /// A rate of a network of convolutions.
  private init(
    _ set: ImageSet, _ method: Method, _ family: Family, _ preset: RatePreset,
    printed: SourcedRate, _ rate: KeyPath<Rates, Double>
  ) {
    data = set.title
    let title = method.title(family)
    model = family == .anil && ![.null, .linNet].contains(method) ? "ANIL with \(title)" : title
    rates = Budget.allCases.map {
      ImageWorld.of($0).rates.of(preset, family, on: set)[keyPath: rate]
    }
    reason =
      printed.source == .paper
      ? nil : printed.reason ?? "not legible; \(printed.source.rawValue)"
  }

  /// Table D.5: both rates of every linear model.
  package static var linear: [RateLine] {
    let synthetic = SyntheticProblem.Depth.allCases.flatMap { depth in
      let model = depth == .shallow ? "LR" : "LR+LinNet(\(depth.rawValue))"
      return [
        RateLine("Synthetic", model, "meta", everywhere: depth.metaRate),
        RateLine(
          "Synthetic", model, "adaptation", everywhere: SyntheticProblem.classificationRate),
      ]
    }
    return synthetic
      + ImageWorld.sets.flatMap { set in
        [false, true].flatMap { isDeep in
          let rates = RatePreset.linear(isDeep: isDeep).rates(on: set)
          let model = isDeep ? "LR+LinNet" : "LR"
          return [
            RateLine(set.title, model, "meta", everywhere: rates.meta),
            RateLine(set.title, model, "adaptation", everywhere: rates.adaptation),
          ]
        }
      }
  }

  /// Table D.6: the inner rate of every method on CNN(2).
  package static var adaptation: [RateLine] { networks(\.adaptation, \.adaptation) }

  /// Table D.7: the outer rate of every method on CNN(2).
  package static var meta: [RateLine] { networks(\.meta, \.meta) }

  private static func networks(
    _ printed: KeyPath<RatePreset, [SourcedRate]>, _ rate: KeyPath<Rates, Double>
  ) -> [RateLine] {
    Family.allCases.flatMap { family in
      [Method.null, .linNet, .metaSGD, .metaCurvature, .metaKFO].flatMap { method in
        method.rates[family].map { preset in
          zip(ImageWorld.sets, preset[keyPath: printed]).map { set, printed in
            RateLine(set, method, family, preset, printed: printed, rate)
          }
        } ?? []  // It does not go with the family.
      }
    }
  }
}
