import CommonSetup
import DataSets
import Experiments
import Statistics

/// An adaptation rate that is tried: where, and which.
package struct RateTrial: Codable, Hashable, Sendable {
  package var variant: Variant
  package var family: Family
  package var rate: Double

  /// With how many seeds: more where a rule has parameters that adapt too, which run away with some.
  package var seedCount: UInt64 { variant.method == .metaKFO ? 10 : 3 }

  /// What is tried at a place: 0.1, 0.3 and 1, and where the head alone adapts 0.1, 0.5 and 2.
  package static func rates(_ family: Family) -> [Double] {
    family == .anil ? [0.1, 0.5, 2] : [0.1, 0.3, 1]
  }

  /// All trials of a world, those of a place side by side; ANIL is one of CNN(2) alone.
  package static func all(in world: ImageWorld, on sets: [ImageSet]) -> [RateTrial] {
    Family.allCases.flatMap { family in
      Method.all.filter { $0.rates[family] != nil }.flatMap { method in
        (family == .anil ? [2] : world.depths).flatMap { depth in
          sets.flatMap { set in
            rates(family).map {
              RateTrial(
                variant: Variant(set, method, depth: depth), family: family, rate: $0)
            }
          }
        }
      }
    }
  }

  /// The rate to take of those that were tried: the least that is at most two points of accuracy below
  /// the best, of those at which no seed diverged.
  ///
  /// - Parameter found: What was found, rate by rate.
  /// - Returns: The rate; nothing if each diverged.
  package static func chosen(of found: [(rate: Double, accuracies: PerSeed<TrialAccuracy>)])
    -> Double?
  {
    let stable = found.compactMap { rate, accuracies -> (rate: Double, accuracy: Double)? in
      let finished = accuracies.values.compactMap(\.accuracy)
      guard finished.count == accuracies.values.count else { return nil }
      return (rate, finished.reduce(0, +) / Double(finished.count))
    }
    guard let best = stable.map(\.accuracy).max() else { return nil }
    return stable.filter { $0.accuracy >= best - 0.02 }.map(\.rate).min()
  }
}

/// What a trial reached on validation classes.
package struct TrialAccuracy: Codable, Equatable, Sendable {
  /// From 0 to 1; nothing where the training diverged.
  package var accuracy: Double?
}
