import Reproduction
import Statistics
import Training

/// What came of a method's runs.
public struct SineOutcome: Codable, Equatable, Sendable {
  /// The method.
  public var method: SineMethod
  /// The smallest validation loss, which is what Figure 3.2 shows.
  public var validationLoss: PerSeed<Double>
  /// The mean test loss at the epoch with the smallest validation loss, which is what Figure 3.3
  /// shows.
  public var testLoss: PerSeed<Double>
  /// The validation losses of all epochs, from the one before training on.
  public var validationCurves: PerSeed<[Double]>
  /// The epoch that validation chose.
  public var chosen: PerSeed<Int>
  /// The seeds whose training broke off.
  public var diverged: [UInt64]

  /// The outcome of a method, from those of its runs.
  public init(of method: SineMethod, _ found: PerSeed<SelectionOutcome>) {
    self.method = method
    validationLoss = found.map(\.validationLoss)
    testLoss = found.map(\.testLoss)
    validationCurves = found.map(\.validationLosses)
    chosen = found.map(\.epoch)
    diverged = zip(found.seeds, found.values).filter { $1.divergedAt != nil }.map(\.0)
  }
}
