/// One value for every seed: the replication unit of every experiment.
///
/// Intervals and tests exist for `PerSeed<Double>` alone. Episodes of one seed share its weights, so
/// they are no replications: they come as ``EpisodeValues``, which has a mean and no interval, and
/// become replications only through ``seedMeans``. Resampling the wrong axis does not compile.
public struct PerSeed<Value> {
  /// The seeds, distinct, in the order in which they were given.
  public let seeds: [UInt64]

  /// The values, one for each seed and in the same order.
  public let values: [Value]

  /// One value for each of the seeds, which must be distinct.
  public init(seeds: [UInt64], values: [Value]) {
    precondition(
      seeds.count == values.count,
      "PerSeed: \(seeds.count) seeds but \(values.count) values; give one value per seed")
    precondition(Set(seeds).count == seeds.count, "PerSeed: the same seed occurs twice in \(seeds)")
    self.seeds = seeds
    self.values = values
  }

  /// The values of the seeds 0, 1, 2 … .
  public init(_ values: [Value]) {
    self.init(seeds: values.indices.map { UInt64($0) }, values: values)
  }

  /// The number of seeds.
  public var count: Int { seeds.count }

  /// The value of a seed, or nil if there is none.
  public func value(ofSeed seed: UInt64) -> Value? {
    seeds.firstIndex(of: seed).map { values[$0] }
  }

  /// The values of some of the seeds, in their order.
  public func ofSeeds(_ some: [UInt64]) -> PerSeed {
    let pairs = some.compactMap { seed in value(ofSeed: seed).map { (seed, $0) } }
    return PerSeed(seeds: pairs.map(\.0), values: pairs.map(\.1))
  }

  /// The result of a function for every seed's value.
  public func map<Result, Failure: Error>(
    _ transform: (Value) throws(Failure) -> Result
  ) throws(Failure) -> PerSeed<Result> {
    PerSeed<Result>(seeds: seeds, values: try values.map(transform))
  }

  /// The values of the same seed side by side; both must hold the same seeds, in any order.
  public func paired<Other>(with other: PerSeed<Other>) -> PerSeed<(Value, Other)> {
    precondition(
      Set(seeds) == Set(other.seeds),
      "PerSeed: cannot pair seeds \(seeds) with seeds \(other.seeds); measure both on the same seeds"
    )
    let pairs = zip(seeds, values).compactMap { seed, value in
      other.value(ofSeed: seed).map { (value, $0) }
    }
    return PerSeed<(Value, Other)>(seeds: seeds, values: pairs)
  }
}

extension PerSeed: Sendable where Value: Sendable {}
extension PerSeed: Equatable where Value: Equatable {}

private enum PerSeedKeys: CodingKey { case seeds, values }

extension PerSeed: Encodable where Value: Encodable {
  /// Encodes seeds and values as two lists.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: PerSeedKeys.self)
    try container.encode(seeds, forKey: .seeds)
    try container.encode(values, forKey: .values)
  }
}

extension PerSeed: Decodable where Value: Decodable {
  /// Decodes seeds and values, and throws when they do not belong together.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: PerSeedKeys.self)
    let seeds = try container.decode([UInt64].self, forKey: .seeds)
    let values = try container.decode([Value].self, forKey: .values)
    guard seeds.count == values.count, Set(seeds).count == seeds.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .seeds, in: container,
        debugDescription: "seeds \(seeds) are not distinct or not as many as the values")
    }
    self.init(seeds: seeds, values: values)
  }
}
