import Tensors

/// A data set, its classes divided for meta-learning.
public struct DataSet: Sendable {
  /// The three parts into which the classes are divided.
  public enum Part: String, CaseIterable, Codable, Sendable {
    /// The classes to learn from.
    case train
    /// The classes to choose settings with.
    case validation
    /// The classes to judge with.
    case test
  }

  /// The name of the data set and of its split, such as `omniglot/finn`.
  public let name: String
  /// How the images were prepared, in words for a caption.
  public let preparation: String
  /// Whether the images are the procedural stand-in rather than the published data.
  public let isProcedural: Bool
  /// The classes to learn from.
  public let train: LabelledImages
  /// The classes to choose settings with; empty where a split names none.
  public let validation: LabelledImages
  /// The classes to judge with.
  public let test: LabelledImages

  /// The images of one part.
  public subscript(part: Part) -> LabelledImages {
    switch part {
    case .train: train
    case .validation: validation
    case .test: test
    }
  }

  /// The extents of one image: `[height, width, channels]`.
  public var imageShape: Shape { train.imageShape }

  /// Facts for the record of a run: names, counts and digests by key.
  public var provenance: [String: String] {
    var facts = ["data": name, "data.preparation": preparation]
    for part in Part.allCases {
      let images = self[part]
      facts["data.\(part.rawValue)"] = "\(images.classes.count) classes, \(images.count) images"
      facts["data.\(part.rawValue).sha256"] = images.digest
    }
    return facts
  }

  package init(
    name: String, preparation: String, isProcedural: Bool = false, images: LabelledImages,
    split: (Part) throws -> [ImageClass]
  ) rethrows {
    self.name = name
    self.preparation = preparation
    self.isProcedural = isProcedural
    train = images.subset(try split(.train), name: "\(name)/train")
    validation = images.subset(try split(.validation), name: "\(name)/validation")
    test = images.subset(try split(.test), name: "\(name)/test")
  }
}
