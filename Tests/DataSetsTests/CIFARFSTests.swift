import Foundation
import Imaging
import Tensors
import TestSupport
import Testing

@testable import DataSets
@testable import Episodes

@Suite struct CIFARFSTests {
  private func read(_ folder: TemporaryFolder, side: Int = 32) throws -> DataSet {
    try ImageSource.published(.cifarFS, side: side, below: folder.url)
      .dataSet(cache: ImageCache(in: nil))
  }

  private func folder(bytesMissing: Int = 0) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let names = try ImageSet.cifarFS.lists.names().sorted()
    func record(_ label: Int, _ number: UInt8) -> [UInt8] {
      // Red tells the class, green the number; blue's first pixel differs from the others.
      [0, UInt8(label)] + [UInt8](repeating: UInt8(2 * label), count: 1024)
        + [UInt8](repeating: number, count: 1024) + [7] + [UInt8](repeating: 9, count: 1023)
    }
    let train = names.indices.flatMap { record($0, 1) }
    try folder.write(Array(train.dropLast(bytesMissing)), to: "cifar-100-binary/train.bin")
    try folder.write(
      names.indices.flatMap { record($0, 2) }, to: "cifar-100-binary/test.bin")
    try folder.write(
      Array((names.joined(separator: "\n") + "\n").utf8),
      to: "cifar-100-binary/fine_label_names.txt")
    return folder
  }

  @Test func poolsTrainingAndTestImages() throws {
    let folder = try folder()
    let set = try read(folder)
    #expect(set.train.classes.count == 64)
    #expect(set.validation.classes.count == 16)
    #expect(set.test.classes.count == 20)
    #expect(set.imageShape == [32, 32, 3])
    let names = try ImageSet.cifarFS.lists.names().sorted()
    let baby = try #require(set.test.classes.first { $0.name == "baby" })
    let label = try #require(names.firstIndex(of: "baby"))
    #expect(baby.images.count == 2)
    let bytes = set.test.image(1, of: baby).scalars.map { Int(($0 * 255).rounded()) }
    #expect(bytes.prefix(6) == [2 * label, 2, 7, 2 * label, 2, 9])
  }

  @Test func missingNamesOfClassesAreNoticed() throws {
    let folder = try folder()
    try FileManager.default.removeItem(
      at: folder.url.appendingPathComponent("cifar-100-binary/fine_label_names.txt"))
    let error = #expect(throws: DataError.self) { try read(folder) }
    #expect(error?.description.contains("fine_label_names.txt not found in") == true)
  }

  /// The layout of Bertinetto's archive, the same folders without those above them, and
  /// learn2learn's; one of the classes is called train.
  @Test(arguments: ["cifar100/data", "data", "", "processed/train"])
  func readsClassFolders(place: String) throws {
    let folder = try TemporaryFolder()
    let names = try ImageSet.cifarFS.lists.names().sorted()
    for (label, name) in names.enumerated() {
      for number in 0..<2 {
        let pixels = [UInt8](repeating: UInt8(2 * label + number), count: 3 * 32 * 32)
        let image = Image(width: 32, height: 32, channels: 3, pixels: pixels)
        try folder.write(
          PNG.encoding(image, dotsPerInch: 72),
          to: (place.isEmpty ? "" : place + "/") + "\(name)/\(name)_s_\(number).png")
      }
    }
    let set = try read(folder)
    #expect([set.train, set.validation, set.test].map(\.classes.count) == [64, 16, 20])
    let baby = try #require(set.test.classes.first { $0.name == "baby" })
    let label = try #require(names.firstIndex(of: "baby"))
    #expect(baby.images.count == 2)
    for number in 0..<2 {
      let pixels = set.test.image(number, of: baby).scalars.map { Int(($0 * 255).rounded()) }
      #expect(pixels == [Int](repeating: 2 * label + number, count: 3 * 32 * 32))
    }
    #expect(
      try read(folder, side: 8).imageShape == [8, 8, 3])
  }

  @Test func truncatedFilesAreNamed() throws {
    let folder = try folder(bytesMissing: 10)
    let error = #expect(throws: DataError.self) { try read(folder) }
    #expect(error?.description.contains("train.bin cannot be read") == true)
  }
}
