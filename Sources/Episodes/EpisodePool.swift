import Tensors

/// A fixed list of episodes, the same for every run that draws from it.
///
/// Asked for the episode of an index, it gives that of its own list, whatever the generator: a run's
/// seed decides on weights, not on episodes. After the last comes the first.
public struct EpisodePool<Source: EpisodeSource>: EpisodeSource {
  private let kind = "pool"
  /// What the list was drawn from.
  public var source: Source
  /// The number of episodes.
  public var count: Int
  /// The name of the list, such as `validation`; lists of other names are drawn apart.
  public var name: String
  /// What the list is drawn from.
  public var seed: Int

  /// The list of a name and a seed.
  public init(of source: Source, count: Int, name: String, seed: Int) {
    precondition(count > 0, "a pool has an episode")
    self.source = source
    self.count = count
    self.name = name
    self.seed = seed
  }

  /// The episode at a place of the list.
  public func episode(_ index: Int, of generator: Generator) -> Episode<ShapedArray> {
    source.episode(index % count, of: Generator(seed: seed).split("pool " + name))
  }

  /// One of the episodes.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    episode(generator.index(below: count), of: generator)
  }
}
