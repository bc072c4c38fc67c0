/// The first epochs of a longer run, for whoever asks for no more than their checkpoints.
///
/// In the store it is the whole run, under the whole run's key: a run that has stopped here goes on
/// when its outcome is asked for, and one that is done has these epochs too.
public struct Beginning<Whole: Experiment>: Experiment {
  /// The run.
  public var whole: Whole
  /// The number of its epochs.
  public var epochs: Int

  /// So many epochs of a run.
  public init(of whole: Whole, epochs: Int) {
    self.whole = whole
    self.epochs = epochs
  }

  /// The name of the whole run.
  public static var name: String { Whole.name }
  /// The version of the whole run.
  public static var version: Int { Whole.version }
  /// The time of the whole run.
  public var estimatedSeconds: Double? { whole.estimatedSeconds }
  /// The memory of the whole run.
  public var estimatedBytes: Int? { whole.estimatedBytes }
  /// What the whole run builds on.
  public var foundations: [any Experiment] { whole.foundations }
  /// The number of epochs.
  public var lastEpoch: Int? { epochs }

  /// The description of the whole run.
  public func encode(to encoder: any Encoder) throws { try whole.encode(to: encoder) }

  /// Runs all of it, or as much as the context asks for.
  public func run(_ context: RunContext) async throws -> Whole.Outcome {
    try await whole.run(context)
  }
}
