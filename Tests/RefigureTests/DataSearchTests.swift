import Foundation
import TestSupport
import Testing

@testable import Refigure

struct DataSearchTests {
  private func search(_ files: [String: Int]) throws -> [Diagnosis] {
    let folder = try TemporaryFolder()
    for (path, size) in files {
      let file = folder.url.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(count: min(size, 64)).write(to: file)
      // A file with a hole has its size and takes no place.
      if size > 64 { truncate(file.path, size) }
    }
    return DataSearch(in: [folder.url]).diagnoses.filter { $0.name != "stand-ins" }
  }

  @Test func completeBinariesAreRecognised() throws {
    let names = "a/cifar-100-binary/"
    let found = try search([
      names + "train.bin": 153_700_000, names + "test.bin": 30_740_000,
      names + "fine_label_names.txt": 10,
    ])
    #expect(found.map(\.name) == ["cifar-fs"] && found.map(\.state) == [.fine])
    let short = try search([
      names + "train.bin": 3000, names + "test.bin": 30_740_000,
      names + "fine_label_names.txt": 10,
    ])
    #expect(short.map(\.state) == [.poor])
    #expect(short[0].text.contains("3000 bytes"))
  }

  @Test func binariesWithoutNamesAreNoticed() throws {
    let found = try search(["cifar-100-binary/train.bin": 3000])
    #expect(found.map(\.name) == ["cifar-fs"] && found.map(\.state) == [.poor])
    #expect(found.first?.text.contains("fine_label_names.txt") == true)
  }

  @Test(arguments: ["cifar100/data/", "cifarfs/processed/train/", "CIFAR-FS/"])
  func foldersOfCIFARAreRecognised(place: String) throws {
    let found = try search([
      place + "apple/1.png": 1, place + "aquarium_fish/1.png": 1, place + "train/1.png": 1,
    ])
    #expect(found.map(\.name) == ["cifar-fs"] && found.map(\.state) == [.poor])
    #expect(found.first?.text.contains("3 of 100 classes, 3 of 60000 images") == true)
  }

  @Test func aSavedErrorPageIsNoArchive() throws {
    let found = try search(["images_background.zip": 3000])
    #expect(found.map(\.state) == [.poor] && found[0].text.contains("MD5"))
  }

  @Test func incompleteFoldersSayWhatIsThere() throws {
    let classes = try search(["mini/train/n01532829/1.jpg": 1, "mini/test/n01930112/1.jpg": 1])
    #expect(classes.map(\.name) == ["mini-imagenet"])
    #expect(classes[0].text.contains("2 of 100 classes"))
    let characters = try search(["images_background/Greek/character01/1.png": 1])
    #expect(characters[0].text.contains("1 characters, not 964"))
    let lists = try search(["train.csv": 1, "images/a.jpg": 1])
    #expect(lists[0].text.contains("test.csv, val.csv"))
  }

  @Test(arguments: [
    ("mini-imagenet-cache-train.pkl", "class folders"),
    ("CIFAR_FS_train.pickle", "cifar-100-binary"),
    ("miniimagenet/data.hdf5", "originals"), ("cifar-100-python/meta", "cifar-100-binary"),
    ("CUB_200_2011/images.txt", "no figure here"), ("train_images.npz", "nothing to do"),
  ])
  func whatIsNotReadIsNamed(file: String, remedy: String) throws {
    let others =
      file.hasPrefix("CUB")
      ? ["CUB_200_2011/classes.txt": 1, "CUB_200_2011/image_class_labels.txt": 1] : [:]
    let found = try search(others.merging([file: 1]) { $1 })
    #expect(found.count == 1)
    #expect(found.first?.remedy?.contains(remedy) == true)
  }

  @Test func anEmptyFolderHoldsNothing() throws {
    #expect(try search(["notes.txt": 1]).isEmpty)
  }
}
