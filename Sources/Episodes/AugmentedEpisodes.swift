import Tensors

/// Episodes whose images are changed at random, each in its own way.
public struct AugmentedEpisodes<Source: EpisodeSource>: EpisodeSource {
  /// Where episodes come from.
  public var source: Source
  /// What happens to their images.
  public var augmentation: Augmentation

  /// The episodes of a source, changed.
  public init(_ source: Source, by augmentation: Augmentation) {
    self.source = source
    self.augmentation = augmentation
  }

  /// An episode, drawn and changed with the given generator alone.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    changed(source.episode(using: &generator), using: &generator)
  }

  /// The source's episode of an index, changed.
  public func episode(_ index: Int, of generator: Generator) -> Episode<ShapedArray> {
    var changes = generator.split("augmentation", index)
    return changed(source.episode(index, of: generator), using: &changes)
  }

  private func changed(
    _ episode: Episode<ShapedArray>, using generator: inout Generator
  ) -> Episode<ShapedArray> {
    var changed = episode
    changed.support.inputs = augmentation(episode.support.inputs, using: &generator)
    changed.query.inputs = augmentation(episode.query.inputs, using: &generator)
    return changed
  }
}
