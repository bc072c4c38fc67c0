import Tensors

/// Episodes whose support set is a sequence of mini-batches, laid one after another.
///
/// The batches walk through the support images in shuffled passes, without replacement in a pass; a
/// batch may begin in one pass and end in the next.
///
/// - Reference: the code of Nichol, Achiam and Schulman, "On First-Order Meta-Learning Algorithms",
///   2018. <https://github.com/openai/supervised-reptile>
public struct MiniBatchedEpisodes<Source: EpisodeSource>: EpisodeSource {
  /// Where episodes come from.
  public var source: Source
  /// The images in a batch.
  public var batch: Int
  /// The number of batches.
  public var batches: Int

  /// The episodes of a source, their support sets in so many batches.
  public init(_ source: Source, batch: Int, batches: Int) {
    precondition(batch > 0 && batches > 0, "a batch has an image, and there is a batch")
    (self.source, self.batch, self.batches) = (source, batch, batches)
  }

  /// An episode, drawn with the given generator alone.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    var episode = source.episode(using: &generator)
    let count = episode.support.inputs.shape[0]
    var order: [Int] = []
    while order.count < batch * batches { order += generator.choose(count, below: count) }
    order.removeLast(order.count - batch * batches)
    func walked(_ array: ShapedArray) -> ShapedArray {
      let width = array.shape.count / count
      return ShapedArray(
        order.flatMap { array.scalars[$0 * width..<($0 + 1) * width] },
        shape: Shape([order.count] + array.shape.extents.dropFirst()))
    }
    episode.support = Batch(
      inputs: walked(episode.support.inputs), targets: walked(episode.support.targets))
    return episode
  }
}
