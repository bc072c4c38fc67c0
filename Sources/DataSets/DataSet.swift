import Episodes
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
  /// What captions call the images: `mini-ImageNet, 300 of 600 images a class`, `glyphs`.
  public let title: String
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

  package init(
    name: String, title: String, isProcedural: Bool = false, images: LabelledImages,
    split: (Part) throws -> [ImageClass]
  ) rethrows {
    self.name = name
    self.title = title
    self.isProcedural = isProcedural
    train = images.subset(try split(.train), name: "\(name)/train")
    validation = images.subset(try split(.validation), name: "\(name)/validation")
    test = images.subset(try split(.test), name: "\(name)/test")
  }
}
