import Tensors

/// Something that draws few-shot problems.
///
/// A source is a value. Its encoding describes what it draws from and how (for images, by a digest
/// of their content), so that two runs with equal encodings see the same problems.
public protocol EpisodeSource: Sendable, Encodable {
  /// An episode, drawn with the given generator alone.
  func episode(using generator: inout Generator) -> Episode<ShapedArray>

  /// The episode of an index in a generator's list `"episodes"`: the same at every call.
  func episode(_ index: Int, of generator: Generator) -> Episode<ShapedArray>
}

extension EpisodeSource {
  /// The episode of an index in a generator's list `"episodes"`: the same at every call.
  public func episode(_ index: Int, of generator: Generator) -> Episode<ShapedArray> {
    var generator = generator.split("episodes", index)
    return episode(using: &generator)
  }

  /// A fixed list of episodes: those of the first indices in a seed's list.
  public func episodes(_ count: Int, seed: Int) -> [Episode<ShapedArray>] {
    (0..<count).map { episode($0, of: Generator(seed: seed)) }
  }
}
