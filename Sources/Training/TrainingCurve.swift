/// How the loss fell while training: the outcome of a training run.
public struct TrainingCurve: Codable, Equatable, Sendable {
  /// The means over an epoch's items.
  public struct Epoch: Codable, Equatable, Sendable {
    /// The mean loss that the outer loop descended.
    public var loss: Double
    /// The mean accuracy; zero where targets are no classes.
    public var accuracy: Double
  }

  /// The epochs, from the first one on.
  public var epochs: [Epoch] = []
  /// The iteration at which a loss or a gradient was not finite, where that was allowed to happen.
  public var divergedAt: Int?
}
