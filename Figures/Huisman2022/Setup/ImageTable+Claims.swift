import Claims
import CommonSetup
import DataSets
import Experiments
import Statistics

extension ImageTable {
  /// What a claim's plain learner must reach before it is judged: half of what it gains over chance
  /// in the paper.
  ///
  /// Methods that have not learned differ in nothing. What is compared with it must have come to the end
  /// of its learning, too.
  package static func gate(
    of plain: ImageMethod, comparing others: [ImageMethod], on columns: [ImageColumn],
    _ scope: ClaimScope
  ) -> Gate<ImageResults> {
    let levels = columns.compactMap { column in
      column.paperAccuracy(of: plain).map {
        (column.title(scope), Competence.halfway(from: 0.2, to: $0))
      }
    }
    return Gate(
      plain.rawValue, accuracyAtLeast: Dictionary(uniqueKeysWithValues: levels),
      lastQuarterGainsAtMost: Competence.lastQuarterGain,
      compared: { results in
        Dictionary(
          uniqueKeysWithValues: others.flatMap { method in
            columns.compactMap { column in
              results.found[column.place(method)]?.referenceArm.curve.map {
                ("\(method.rawValue) on \(column.title(scope))", $0)
              }
            }
          })
      }
    ) { results in
      let arms = columns.compactMap { column in
        results.found[column.place(plain)].map { (column.title(scope), $0.referenceArm) }
      }
      return Dictionary(uniqueKeysWithValues: arms)
    }
  }

  /// The gain of accuracy of a method over another in a column.
  package static func gain(
    of method: ImageMethod, over other: ImageMethod, in column: ImageColumn,
    _ results: ImageResults
  ) -> PerSeed<Double>? {
    results.found.gain(of: column.place(method), over: column.place(other)) { $0.accuracy }
  }

  /// TURTLE is at least as good as MAML at one shot, but for a point of accuracy.
  package static func turtleAtLeastMAML(_ scope: ClaimScope) -> Claim<ImageResults> {
    let columns = columns(scope).filter { $0.shots == 1 }
    return Claim(
      "huisman2022/\(identity.name)/turtle-at-least-maml",
      quoting: "We demonstrate that TURTLE successfully closes the performance gap to MAML as it "
        + "outperforms MAML (and the meta-learner LSTM) on sine wave regression, and various "
        + "settings involving miniImageNet and CUB by at least 1% accuracy without any additional "
        + "hyperparameter tuning.", at: "Section 3.1",
      gate: gate(of: .maml, comparing: [.turtle], on: columns, scope)
    ) {
      for column in columns {
        Criterion(
          column.title(scope), statistic: "accuracy of TURTLE − that of second-order MAML, by seed",
          .above(threshold: -0.01), in: .points, paperEffect: 0.01
        ) { gain(of: .turtle, over: .maml, in: column, $0) }
      }
    }
  }

  /// Second-order gradients help TURTLE and the meta-learner LSTM across domains.
  package static func secondOrderAcrossDomains(_ scope: ClaimScope) -> Claim<ImageResults> {
    let columns = columns(scope)
    let pairs = [
      (ImageMethod.turtle, ImageMethod.foTURTLE, [1: 0.01, 5: 0.075]),
      (.enhancedLSTM, .lstm, [1: 0.03, 5: 0.045]),
    ].filter { rows(scope.budget).contains($0.0) }
    return Claim(
      "huisman2022/\(identity.name)/second-order-helps-across-domains",
      quoting: "Also in these challenging scenarios, second-order gradients are important to "
        + "increase the performance of both the meta-learner LSTM and TURTLE.",
      at: "Section 3.5.4",
      gate: gate(of: .foTURTLE, comparing: pairs.map(\.0), on: columns, scope)
    ) {
      for (method, first, effects) in pairs {
        let printed = columns.compactMap { effects[$0.shots] }
        Criterion(
          "\(method.rawValue), mean over columns",
          statistic:
            "accuracy of \(method.rawValue) − that of \(first.rawValue), mean over columns, "
            + "by seed", .positive, in: .points,
          paperEffect: printed.count == columns.count ? PerSeed(printed).mean : nil
        ) { results in
          PerSeed.mean(of: columns.compactMap { gain(of: method, over: first, in: $0, results) })
        }
      }
    }
  }
}

extension PerSeed<ImageOutcome> {
  /// The accuracies, with the curves on validation classes.
  fileprivate var referenceArm: ReferenceArm {
    let curves = values.compactMap(\.validation)
    return ReferenceArm(
      map(\.accuracy),
      curve: curves.count == count ? PerSeed<[Double]>(seeds: seeds, values: curves) : nil)
  }
}
