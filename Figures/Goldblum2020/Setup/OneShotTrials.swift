import Episodes
import Experiments

/// How often one example of each of two classes tells them apart, at several variance ratios.
///
/// Draws x from X, y from Y and a test point z from X, and asks the classifier of the widest margin
/// between x and y. Everything is plain arithmetic in double precision.
package struct OneShotTrials: Experiment {
  /// How points scatter about the mean of their class.
  package var scatter: ClassClouds.Scatter
  /// The part of the classes' variance that is X's.
  package var shareOfFirst: Double
  /// The number of coordinates.
  package var dimensions: Int
  /// The ratios (Var[X] + Var[Y]) / Var[U].
  package var ratios: [Double]
  /// The number of trials at each ratio.
  package var trials: Int
  /// What they are drawn from.
  package var seed: Int

  /// Trials of one distribution.
  package init(
    _ scatter: ClassClouds.Scatter, shareOfFirst: Double = 0.5, dimensions: Int,
    ratios: [Double], trials: Int, seed: UInt64
  ) {
    self.scatter = scatter
    self.shareOfFirst = shareOfFirst
    self.dimensions = dimensions
    self.ratios = ratios
    self.trials = trials
    self.seed = Int(clamping: seed)
  }

  /// The number of right answers at each ratio.
  package typealias Outcome = [Int]

  package static var name: String { "one-shot-trials" }

  /// The two classes at a ratio.
  package func clouds(_ ratio: Double) -> ClassClouds {
    ClassClouds(
      scatter, dimensions: dimensions, varianceRatio: ratio, shareOfFirst: shareOfFirst)
  }

  /// Counts the right answers.
  package func run(_ context: RunContext) async throws -> [Int] {
    try ratios.indices.map { index in
      try Task.checkCancellation()
      var generator = Generator(seed: seed).split("one-shot trials", index)
      return clouds(ratios[index]).successes(inTrials: trials, using: &generator)
    }
  }
}
