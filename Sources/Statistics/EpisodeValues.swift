/// What the episodes of one seed measured; nested in the seed, never a replication.
///
/// It has a mean, and deliberately neither a standard error nor an interval: a hundred thousand
/// episodes say how well one trained network is known, not what training does.
public struct EpisodeValues: Codable, Equatable, Sendable {
  /// One value per episode.
  public var values: [Double]

  /// The values of one seed's episodes, of which there is at least one.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "EpisodeValues: a seed without episodes has no mean")
    self.values = values
  }

  /// The mean over the episodes: the seed's value.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }
}

extension PerSeed<EpisodeValues> {
  /// The mean over each seed's episodes: the values that intervals and tests are made of.
  public var seedMeans: PerSeed<Double> { map(\.mean) }
}
