import Episodes

/// A published set of images: how it is called, divided, laid out on disk, and used by the papers.
///
/// Whatever has to know of a set derives from this one description: `--data`, the doctor, tables,
/// the reader. A paper names the sets that it uses; a new set appears nowhere by itself.
public struct ImageSet: Sendable {
  /// The name on the command line and of its folder, such as `mini-imagenet`.
  public let name: String
  /// The name in tables, which is that of the papers' values.
  public let title: String
  /// The side, in pixels, at which few-shot papers use its images.
  public let side: Int
  /// Whether its images are turned by quarters, anew in every episode: characters are.
  public let rotations: Rotations
  /// The generator whose images stand in for it: `glyphs`, `scenes` or `birds`.
  public let standIn: String
  /// The lists in `Data/splits` that divide its classes.
  let lists: ClassLists
  /// The channels of an image: ink alone, or colours.
  let channels: Int
  /// The number of images of every class as published, where all have the same.
  let imagesPerClass: Int?
  /// The archives that it is published as, without what says how they are packed.
  let archives: [String]
  /// The ways in which it lies on disk, the likeliest first.
  let layouts: [Layout]
  /// How many of its classes a folder must hold to be taken for it.
  let recognisedBy: Int
  /// How it is called given the number of its images, where there are editions.
  let editions: [Edition]
  /// Where to get it.
  package let remedy: String

  /// One of several sets that were published under one name.
  struct Edition {
    let title: String
    let images: Int
  }

  /// Characters of 50 alphabets, drawn by 20 people each.
  ///
  /// - Reference: Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through
  ///   probabilistic program induction", Science 350, 2015. <https://github.com/brendenlake/omniglot>
  public static let omniglot = ImageSet(
    name: "omniglot", title: "Omniglot", side: 28, rotations: .perClass, standIn: "glyphs",
    lists: ClassLists("omniglot_vinyals_train", "omniglot_vinyals_val", "omniglot_vinyals_test"),
    channels: 1, imagesPerClass: 20, archives: Omniglot.Archive.allCases.map(\.rawValue),
    layouts: [.characters], recognisedBy: 1, editions: [],
    remedy: "fetch images_background.zip and images_evaluation.zip from "
      + "https://github.com/brendenlake/omniglot (folder python)")

  /// CIFAR-FS: the 100 classes of CIFAR-100 with 600 images each; 64 / 16 / 20 classes.
  ///
  /// - Reference: Bertinetto, Henriques, Torr and Vedaldi, "Meta-learning with differentiable
  ///   closed-form solvers", ICLR 2019. <https://arxiv.org/abs/1805.08136>
  public static let cifarFS = ImageSet(
    name: "cifar-fs", title: "CIFAR-FS", side: 32, rotations: .none, standIn: "scenes",
    lists: ClassLists("cifar_fs_train", "cifar_fs_val", "cifar_fs_test"),
    channels: 3, imagesPerClass: 600, archives: ["cifar-100-binary", "cifar100", "cifar-fs"],
    layouts: [.binaryRecords, .classFolders], recognisedBy: 2, editions: [],
    remedy: "fetch https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz")

  /// mini-ImageNet: 100 classes of ImageNet with 600 photographs each; 64 / 16 / 20 classes.
  ///
  /// - Reference: Ravi and Larochelle, "Optimization as a model for few-shot learning", ICLR 2017.
  public static let miniImageNet = ImageSet(
    name: "mini-imagenet", title: "mini-ImageNet", side: 84, rotations: .none, standIn: "scenes",
    lists: ClassLists(
      "mini_imagenet_ravi_train", "mini_imagenet_ravi_val", "mini_imagenet_ravi_test"),
    channels: 3, imagesPerClass: 600,
    archives: ["mini-imagenet", "mini_imagenet", "miniImageNet", "miniimagenet"],
    layouts: [.lists, .classFolders], recognisedBy: 1, editions: [],
    remedy: "class folders such as n01532829, or train.csv, val.csv and test.csv with images, as "
      + "https://github.com/twitter/meta-learning-lstm describes them")

  /// CUB: photographs of 200 kinds of birds in two editions; 100 / 50 / 50 classes.
  ///
  /// - Reference: Chen, Liu, Kira, Wang and Huang, "A closer look at few-shot classification", ICLR
  ///   2019, for the division; Welinder et al., "Caltech-UCSD Birds 200", 2010, and Wah et al., "The
  ///   Caltech-UCSD Birds-200-2011 dataset", 2011, for the images.
  public static let cub = ImageSet(
    name: "cub-200", title: "CUB-200", side: 84, rotations: .none, standIn: "birds",
    lists: ClassLists(
      "cub_chen2019_base_names", "cub_chen2019_val_names", "cub_chen2019_novel_names"),
    channels: 3, imagesPerClass: nil,
    archives: ["CUB_200_2011", "CUB_200", "cub-200", "CUB-200-2011"],
    layouts: [.classFolders], recognisedBy: 1,
    editions: [
      Edition(title: "CUB-200 of 2010", images: 6_033),
      Edition(title: "CUB-200-2011", images: 11_788),
    ],
    remedy: "fetch CUB_200_2011.tgz from https://www.vision.caltech.edu/datasets/cub_200_2011")

  /// The sets that can be read, for the doctor and `--data`; figures name their own.
  public static let published: [ImageSet] = [omniglot, cifarFS, miniImageNet, cub]

  /// The set of a name.
  public static func named(_ name: String) -> ImageSet? { published.first { $0.name == name } }

  /// What a file holds, if it is an archive that a set is published as.
  static func archived(in file: String) -> String? {
    for ending in [".zip", ".tar.gz", ".tgz", ".tar"] where file.lowercased().hasSuffix(ending) {
      let name = String(file.dropLast(ending.count))
      return published.contains { $0.archives.contains(name) } ? name : nil
    }
    return nil
  }
}

extension ImageSet: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

extension ImageSet: Hashable, Codable {
  /// Whether two sets have the same name.
  public static func == (a: ImageSet, b: ImageSet) -> Bool { a.name == b.name }

  /// Feeds the name, which is what a set is known by.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// The set of a name.
  ///
  /// - Throws: `DecodingError` if there is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let set = Self.named(name) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "there is no set of images called \(name)")
    }
    self = set
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
