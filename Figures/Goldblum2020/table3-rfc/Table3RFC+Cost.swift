import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Reproduction
import Statistics

/// What trainings cost, in time and in arithmetic.
extension Table3RFC {
  static func fasterThanMetaLearning(_ scope: ClaimScope) -> Claim<BesidePaper<Found>> {
    Claim(
      "goldblum2020/table3-rfc/faster-than-meta-learning",
      quoting:
        "the regularizer does not appreciably slow down classical training, which, without "
        + "the expense of differentiating through an inner loop, runs as much as 13 times faster "
        + "than the corresponding meta-learning routine.", at: "Section 4.4"
    ) {
      for own in World.of(.paper).extractors
      where own.set == .miniImageNet && own.routine.isMetaLearned {
        Criterion(
          "\(timedName(own)), time",
          statistic:
            "measured time of its whole training, in units of that of classical training "
            + "of the same network with R_FC, turn by turn", .above(threshold: 1), in: .times
        ) { _, times in
          times.ratios(of: timedName(own), to: timedName(own.trained(.clustering)))
            .map { .seeds($0) }
        }
        Criterion(
          "\(own.network.title), R_FC, time",
          statistic:
            "measured time of classical training with R_FC, in units of that without, turn "
            + "by turn", .below(threshold: 1.1), in: .times, role: .accompanies
        ) { _, times in
          times.ratios(
            of: timedName(own.trained(.clustering)), to: timedName(own.trained(.classical))
          ).map { .seeds($0) }
        }
      }
      Criterion(
        "arithmetic",
        statistic:
          "multiplications and additions in products and convolutions of a meta-training "
          + "of the paper's protocol, planned but not run and without the solvers of its head, in "
          + "units of those of classical training of the same network with R_FC, for every "
          + "meta-learner and data set", .above(threshold: 1), role: .accompanies
      ) { .exact($0.found.operationsInProtocol.ratiosToClustering.map(\.ratio)) }
    }
  }

  private static func timedName(_ extractor: Extractor) -> String {
    "\(extractor.routine.title), \(extractor.network.title)"
  }

  /// The trainings of Table 3 on mini-ImageNet or its stand-in but those with R_HV, with the first
  /// seed.
  func timedTrainings(for options: FigureOptions) throws -> [TimedTraining] {
    let experiments = try ExtractorExperiments(
      options, in: World.of(options.budget).updatingAfterPasses)
    return try experiments.extractors.filter {
      $0.set == .miniImageNet && $0.routine != .hyperplanes
    }.map {
      let work = try experiments.run($0, seed: options.seeds[0]).work
      return TimedTraining(
        Self.timedName($0), updates: work.updates,
        floatingPointOperations: work.floatingPointOperations,
        repeatedUpdate: work.repeatedUpdate)
    }
  }
}
