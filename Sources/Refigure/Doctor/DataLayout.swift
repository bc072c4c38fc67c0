import Foundation

/// One way in which a data set lies on disk that is not read, and what to use instead.
struct DataLayout: Sendable {
  /// What a folder holds, if it is this.
  var recognise: @Sendable (DataEntries) -> Diagnosis?

  /// The layouts that are known by name only.
  static let all = [pickles, hierarchicalData, pythonCIFAR, packedArrays]

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
}
