import DataSets
import Foundation
import TestSupport
import Testing

@testable import Refigure

struct DataSearchTests {
  private func search(_ files: [String]) throws -> [Diagnosis] {
    let folder = try TemporaryFolder()
    for file in files { try folder.write([1], to: file) }
    return DataSearch(in: [folder.url], cache: ImageCache(in: nil)).diagnoses
      .filter { $0.name != "stand-ins" }
  }

  /// What is damaged is said in the words of the reader.
  @Test func theReadersWordsAreTheDoctors() throws {
    let found = try search(["cifar-100-binary/train.bin"])
    #expect(found.map(\.name) == ["cifar-fs"] && found.map(\.state) == [.poor])
    #expect(found.first?.text.contains("fine_label_names.txt not found in") == true)
  }

  @Test func aSavedErrorPageIsNoArchive() throws {
    let found = try search(["images_background.zip", "images_evaluation.zip"])
    #expect(found.map(\.state) == [.poor])
    #expect(found.first?.text.contains("images_background.zip cannot be read") == true)
  }

  /// A folder that is a link is looked into as well.
  @Test func linksAreFollowed() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "away/mini.pkl")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "root"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "root/here"),
      withDestinationURL: folder.url.appending(path: "away"))
    let found = DataSearch(
      in: [folder.url.appending(path: "root")], cache: ImageCache(in: nil)
    ).diagnoses
    #expect(found.contains { $0.name == "pickle" })
  }

  @Test func everyPublishedSetIsLookedFor() throws {
    let folder = try TemporaryFolder()
    let text = DataSearch(in: [folder.url], cache: ImageCache(in: nil)).diagnoses.map(\.text)
    #expect(text.count == 1)
    for set in ImageSet.published { #expect(text[0].contains(set.name)) }
  }

  @Test(arguments: [
    ("mini-imagenet-cache-train.pkl", "class folders"),
    ("CIFAR_FS_train.pickle", "cifar-100-binary"),
    ("miniimagenet/data.hdf5", "originals"), ("cifar-100-python/meta", "cifar-100-binary"),
    ("train_images.npz", "nothing to do"),
  ])
  func whatIsNotReadIsNamed(file: String, remedy: String) throws {
    let found = try search([file])
    #expect(found.count == 1)
    #expect(found.first?.remedy?.contains(remedy) == true)
  }

  @Test func anEmptyFolderHoldsNothing() throws {
    #expect(try search(["notes.txt"]).isEmpty)
  }
}
