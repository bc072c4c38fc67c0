import Crypto
import Foundation

/// One way in which a data set lies on disk.
struct DataLayout: Sendable {
  /// What a folder holds, if it is this.
  var recognise: @Sendable (DataEntries) -> Diagnosis?

  /// All layouts that are known: those that are read, then those that are only named.
  static let all = [
    omniglotZips, omniglotFolders, miniImageNetLists, miniImageNetFolders, cifarBinary,
    cifarFolders, birds, pickles, hierarchicalData, pythonCIFAR, packedArrays,
  ]

  // MARK: Read

  /// The official archives with their MD5 and their number of characters.
  private static let archives: KeyValuePairs = [
    "images_background": ("68d2efa1b9178cc56df9314c21c6e718", 964),
    "images_evaluation": ("6b91aef0f799c5bb55b94e3f2daec811", 659),
    "images_background_small1": ("e704a628b5459e08445c13499850abc4", 136),
    "images_background_small2": ("b75a71a51d3b13f821f212756fe481fd", 156),
  ]

  private static let omniglotZips = DataLayout { folder in
    let present = archives.filter { folder.files.contains($0.key + ".zip") }
    guard !present.isEmpty else { return nil }
    let wrong = present.filter { name, facts in
      let bytes = FileManager.default.contents(
        atPath: folder.url.appending(path: name + ".zip").path)
      return md5(bytes ?? Data()) != facts.0
    }
    guard wrong.isEmpty else {
      return .poor(
        "omniglot",
        "\(wrong.map { $0.key + ".zip" }.joined(separator: ", ")) in "
          + "\(folder.url.path) not as published (other MD5)",
        remedy: "fetch again from https://github.com/brendenlake/omniglot")
    }
    return omniglot(Set(present.map(\.key)), in: folder, "zips, MD5 as published")
  }

  private static let omniglotFolders = DataLayout { folder in
    let present = archives.filter { folder.folders.contains($0.key) }
    guard !present.isEmpty else { return nil }
    for (name, facts) in present {
      let alphabets = folder.entries(of: name)
      let characters = alphabets.folders.reduce(0) {
        $0 + alphabets.entries(of: $1).folders.count
      }
      guard characters == facts.1 else {
        return .poor(
          "omniglot", "\(name) in \(folder.url.path) has \(characters) characters, not \(facts.1)",
          remedy: "unpack \(name).zip again")
      }
    }
    return omniglot(Set(present.map(\.key)), in: folder, "folders")
  }

  private static func omniglot(
    _ names: Set<String>, in folder: DataEntries, _ form: String
  ) -> Diagnosis {
    var splits: [String] = []
    if names.isSuperset(of: ["images_background", "images_evaluation"]) {
      splits += ["finn", "vinyals"]
    }
    if names.isSuperset(of: ["images_background_small1", "images_background_small2"]) {
      splits.append("small")
    }
    guard !splits.isEmpty else {
      return .poor(
        "omniglot", "\(names.sorted().joined(separator: ", ")) in \(folder.url.path)",
        remedy: "a split needs two archives: background and evaluation, or small1 and small2")
    }
    return .fine(
      "omniglot",
      "\(folder.url.path): \(form); complete for split \(splits.joined(separator: ", "))")
  }

  private static let miniImageNetLists = DataLayout { folder in
    let lists: Set = ["train.csv", "val.csv", "test.csv"]
    guard folder.folders.contains("images"), !folder.files.isDisjoint(with: lists) else {
      return nil
    }
    let missing = lists.subtracting(folder.files).sorted()
    let count = folder.entries(of: "images").imageCount
    guard missing.isEmpty, count >= 60_000 else {
      return .poor(
        "mini-imagenet",
        "\(folder.url.path): \(count) of 60000 images"
          + (missing.isEmpty ? "" : ", without \(missing.joined(separator: ", "))"),
        remedy: "complete it; the lists are in github.com/twitter/meta-learning-lstm")
    }
    return .fine("mini-imagenet", "\(folder.url.path): lists and images, complete")
  }

  private static let miniImageNetFolders = DataLayout { folder in
    let classes = folder.classes.filter {
      $0.lastPathComponent.wholeMatch(of: /n[0-9]{8}/) != nil
    }
    guard !classes.isEmpty else { return nil }
    let images = classes.reduce(0) { $0 + DataEntries($1).imageCount }
    guard classes.count >= 100, images >= 60_000 else {
      return .poor(
        "mini-imagenet",
        "\(folder.url.path): \(classes.count) of 100 classes, "
          + "\(images) of 60000 images",
        remedy: "complete the class folders; Data/splits lists the classes")
    }
    return .fine("mini-imagenet", "\(folder.url.path): class folders, complete")
  }

  private static let cifarBinary = DataLayout { folder in
    let isNamed = folder.url.lastPathComponent == "cifar-100-binary"
    guard folder.files.contains("train.bin"),
      isNamed || folder.files.contains("fine_label_names.txt")
    else { return nil }
    let remedy = "unpack cifar-100-binary.tar.gz again"
    guard folder.files.contains("fine_label_names.txt") else {
      return .poor(
        "cifar-fs", "\(folder.url.path) is without fine_label_names.txt", remedy: remedy)
    }
    let sizes = [("train.bin", 153_700_000), ("test.bin", 30_740_000)]
    for (name, size) in sizes where folder.size(of: name) != size {
      return .poor(
        "cifar-fs", "\(folder.url.path)/\(name) has \(folder.size(of: name)) bytes, not \(size)",
        remedy: remedy)
    }
    return .fine("cifar-fs", "\(folder.url.path): cifar-100-binary, complete")
  }

  /// Some of CIFAR-100's classes, of every part of CIFAR-FS.
  private static let cifarClasses: Set = [
    "apple", "aquarium_fish", "baby", "beaver", "beetle", "bicycle", "worm",
  ]

  private static let cifarFolders = DataLayout { folder in
    let classes = folder.classes
    guard classes.count(where: { cifarClasses.contains($0.lastPathComponent) }) >= 2 else {
      return nil
    }
    let images = classes.reduce(0) { $0 + DataEntries($1).imageCount }
    guard classes.count == 100, images == 60_000 else {
      return .poor(
        "cifar-fs",
        "\(folder.url.path): \(classes.count) of 100 classes, "
          + "\(images) of 60000 images", remedy: "unpack the archive again")
    }
    return .fine("cifar-fs", "\(folder.url.path): class folders, complete")
  }

  // MARK: Named only

  private static let birds = DataLayout { folder in
    guard folder.files.isSuperset(of: ["images.txt", "classes.txt", "image_class_labels.txt"])
    else { return nil }
    return .poor(
      "cub", "\(folder.url.path): CUB-200-2011", remedy: "no figure here reads it yet")
  }

  private static let pickles = DataLayout { folder in
    let files = folder.files.filter { $0.hasSuffix(".pkl") || $0.hasSuffix(".pickle") }
    guard let first = files.min() else { return nil }
    let remedy =
      if files.contains(where: { $0.lowercased().contains("cifar") }) {
        "use cifar-100-binary.tar.gz from www.cs.toronto.edu/~kriz/cifar.html"
      } else if files.contains(where: { $0.lowercased().contains("mini") }) {
        "use the class folders or train.csv, val.csv, test.csv with images/; "
          + "or write each array of the pickle as n01234567/0001.png with Python"
      } else {
        "use the original images"
      }
    return .poor(
      "pickle", "\(folder.url.path): \(first) and the like run code when read, and are not read",
      remedy: remedy)
  }

  private static let hierarchicalData = DataLayout { folder in
    guard let first = folder.files.filter({ $0.hasSuffix(".hdf5") || $0.hasSuffix(".h5") }).min()
    else { return nil }
    return .poor(
      "hdf5", "\(folder.url.path): \(first) is Torchmeta's cache, which is not read",
      remedy: "use the originals that it was made from, beside it in Torchmeta's folder")
  }

  private static let pythonCIFAR = DataLayout { folder in
    guard folder.url.lastPathComponent == "cifar-100-python", folder.files.contains("meta")
    else { return nil }
    return .poor(
      "cifar-fs", "\(folder.url.path): the Python version is pickled, and is not read",
      remedy: "use cifar-100-binary.tar.gz from the same page")
  }

  private static let packedArrays = DataLayout { folder in
    guard folder.files.contains("train_images.npz") else { return nil }
    return .poor(
      "npz", "\(folder.url.path): train_images.npz is tieredImageNet, which no figure uses",
      remedy: "nothing to do")
  }

  private static func md5(_ bytes: Data) -> String {
    Insecure.MD5.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
  }
}
