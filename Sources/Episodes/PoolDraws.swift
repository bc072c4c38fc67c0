import Tensors

/// Episodes of a pool at random, each as often as chance has it.
///
/// In the order of the list, updates of the same episodes would return at equal distances, and
/// whatever is looked at at equal distances would go up and down with them.
public struct PoolDraws<Source: EpisodeSource>: EpisodeSource {
  private let kind = "pool draws"
  /// What is drawn from.
  public var pool: EpisodePool<Source>

  /// Draws from a pool.
  public init(from pool: EpisodePool<Source>) { self.pool = pool }

  /// One of the pool's episodes.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    pool.episode(using: &generator)
  }
}
