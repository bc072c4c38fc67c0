import Tensors

/// Batches in which classes come in pairs, with two images of each.
///
/// An epoch is a pass over all images: as many random orders of the classes as there are pairs of
/// images of a class, each cut into neighbours; the images of a class are used up in a random order.
/// With 64 classes of 600 images these are 9,600 pairs, or 600 batches of 16 pairs. In a batch the
/// order is that of ``ClassSeparation``: pair, class, image.
///
/// - Reference: the code of Goldblum et al., 2020. <https://github.com/goldblum/FeatureClustering>
public struct ClassPairs: Encodable, Sendable {
  /// The images.
  public let images: LabelledImages
  /// The number of pairs of classes in a batch.
  public let pairsPerBatch: Int
  /// What happens to the images, if anything.
  public let augmentation: Augmentation?

  /// Batches of so many pairs.
  ///
  /// - Throws: ``EpisodeError`` naming the set or the class that is too small for them.
  public init(
    of images: LabelledImages, pairsPerBatch: Int, augmentation: Augmentation?
  ) throws(EpisodeError) {
    precondition(pairsPerBatch > 0, "a batch has a pair of classes")
    guard images.classes.count >= 2 else {
      throw .tooFewClasses(set: images.name, found: images.classes.count, ways: 2)
    }
    if let small = images.classes.first(where: { $0.images.count < 2 }) {
      throw .tooFewDrawings(
        className: small.name, group: small.group, found: small.images.count, shots: 1,
        queries: 1)
    }
    self.images = images
    self.pairsPerBatch = pairsPerBatch
    self.augmentation = augmentation
  }

  /// The images in a batch.
  public var imagesPerBatch: Int { 4 * pairsPerBatch }

  private var orders: Int { (images.classes.map(\.images.count).min() ?? 0) / 2 }
  private var pairsPerOrder: Int { images.classes.count / 2 }

  /// The number of whole batches in a pass over the images.
  public var batchesPerEpoch: Int { orders * pairsPerOrder / pairsPerBatch }

  /// A batch of an epoch and its one-hot labels among all classes.
  ///
  /// After the last batch of a pass comes the first.
  public func batch(
    _ number: Int, ofEpoch epoch: Int, of generator: Generator
  ) -> Batch<ShapedArray> {
    let own = generator.split("class pairs", epoch)
    var pixels: [Float] = []
    pixels.reserveCapacity(imagesPerBatch * images.imageShape.count)
    var labels = [Float](repeating: 0, count: imagesPerBatch * images.classes.count)
    var place = 0
    for pair in 0..<pairsPerBatch {
      let (order, position) = ((number * pairsPerBatch + pair) % (orders * pairsPerOrder))
        .quotientAndRemainder(dividingBy: pairsPerOrder)
      var classOrder = own.split("order", order)
      let classes = classOrder.choose(images.classes.count, below: images.classes.count)
      for label in classes[2 * position..<2 * position + 2] {
        let imageClass = images.classes[label]
        var imageOrder = own.split("images", label)
        let drawings = imageOrder.choose(2 * order + 2, below: imageClass.images.count)
        for drawing in drawings.suffix(2) {
          images.append(drawing, of: imageClass, turnedBy: 0, to: &pixels)
          labels[place * images.classes.count + label] = 1
          place += 1
        }
      }
    }
    let inputs = ShapedArray(
      pixels, shape: Shape([imagesPerBatch] + images.imageShape.extents))
    var changes = own.split("augmentation", number)
    return Batch(
      inputs: augmentation.map { $0(inputs, using: &changes) } ?? inputs,
      targets: ShapedArray(labels, shape: [imagesPerBatch, images.classes.count]))
  }
}
