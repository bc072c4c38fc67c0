import Networks

/// How long to train, in which portions and at which rate.
public struct Schedule: Codable, Hashable, Sendable {
  /// The number of epochs; a checkpoint is kept after each, and one before the first.
  public var epochs: Int
  /// The number of updates in an epoch.
  public var iterationsPerEpoch: Int
  /// The number of episodes, or of images, that an update averages over.
  public var batch: Int
  /// The outer learning rate.
  public var rate: RateSchedule
  /// The bound to which every element of the averaged gradient is clipped, if any.
  public var gradientBound: Double?
  /// The part of the parameters that the bound is for, such as `model`; all without it.
  public var boundedPart: String?
  /// The Euclidean norm to which the averaged gradient is shortened where it is longer, if any.
  public var gradientNorm: Double?
  /// Whether a loss or gradient that is not finite ends the training instead of failing it.
  ///
  /// The curve then has the epochs before it, and says so.
  public var mayDiverge: Bool?

  /// So many epochs of so many updates.
  public init(
    epochs: Int, iterationsPerEpoch: Int, batch: Int, rate: RateSchedule = .constant(1e-3),
    gradientBound: Double? = nil
  ) {
    precondition(
      epochs >= 0 && iterationsPerEpoch > 0 && batch > 0,
      "a schedule has epochs of at least one iteration over at least one item")
    self.epochs = epochs
    self.iterationsPerEpoch = iterationsPerEpoch
    self.batch = batch
    self.rate = rate
    self.gradientBound = gradientBound
  }

  /// The number of updates in all.
  public var iterations: Int { epochs * iterationsPerEpoch }
}
