import Foundation
import Imaging
import Tensors
import TestSupport
import Testing

@testable import Episodes

@Suite struct MiniImageNetTests {
  /// A 6×4 image of one colour that tells class and number.
  private func image(_ label: Int, _ number: Int) -> [UInt8] {
    let colour = [UInt8(2 * label), UInt8(100 + number), 30]
    let pixels = (0..<24).flatMap { _ in colour }
    return PNG.encoding(
      Image(width: 6, height: 4, channels: 3, pixels: pixels), dotsPerInch: 72)
  }

  /// The classes in the order of their names, which is not the order of the lists.
  private func names() throws -> [String] { try ClassList("mini_imagenet_ravi").all.sorted() }

  private func check(_ set: DataSet) throws {
    #expect(set.train.classes.count == 64)
    #expect(set.validation.classes.count == 16)
    #expect(set.test.classes.count == 20)
    #expect(set.imageShape == [3, 3, 3])
    #expect(set.name == "mini_imagenet_ravi")
    let names = try names()
    for part in DataSet.Part.allCases {
      for imageClass in set[part].classes {
        let label = try #require(names.firstIndex(of: imageClass.name))
        let pixels = set[part].image(1, of: imageClass).scalars
        #expect(pixels.prefix(3).map { Int(($0 * 255).rounded()) } == [2 * label, 101, 30])
      }
    }
  }

  @Test func readsClassFolders() throws {
    let folder = try TemporaryFolder()
    for (label, name) in try names().enumerated() {
      for number in 0..<2 {
        try folder.write(image(label, number), to: "\(name)/\(name)_\(number).png")
      }
    }
    try check(MiniImageNet(side: 3).dataSet(in: folder.url))
    let one = try MiniImageNet(side: 3, imagesPerClass: 1).dataSet(in: folder.url)
    #expect(one.train.count == 64)
  }

  @Test func readsRavisLists() throws {
    let folder = try TemporaryFolder()
    let list = try ClassList("mini_imagenet_ravi")
    let names = try names()
    for (file, part) in [("train", DataSet.Part.train), ("val", .validation), ("test", .test)] {
      var lines = ["filename,label"]
      for name in list[part] {
        let label = try #require(names.firstIndex(of: name))
        for number in 0..<2 {
          try folder.write(image(label, number), to: "images/\(name)000\(number).jpg")
          lines.append("\(name)000\(number).jpg,\(name)")
        }
      }
      try folder.write(Array(lines.joined(separator: "\r\n").utf8), to: file + ".csv")
    }
    try check(MiniImageNet(side: 3).dataSet(in: folder.url))
  }

  @Test func missingDataAndMissingClassesAreNamed() throws {
    let folder = try TemporaryFolder()
    let none = #expect(throws: DataError.self) {
      try MiniImageNet(side: 3).dataSet(in: folder.url)
    }
    #expect(none?.description.hasPrefix("mini-ImageNet (class folders such as") == true)
    let first = try ClassList("mini_imagenet_ravi").all[0]
    try folder.write(image(0, 0), to: "train/\(first)/a.png")
    let second = try ClassList("mini_imagenet_ravi").all[1]
    let few = #expect(throws: DataError.self) {
      try MiniImageNet(side: 3).dataSet(in: folder.url)
    }
    #expect(few?.description.contains("class \(second) of Data/splits") == true)
  }
}

@Suite struct CIFARFSTests {
  private func folder(bytesMissing: Int = 0) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let names = try ClassList("cifar_fs").all.sorted()
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
    let set = try CIFARFS().dataSet(in: folder.url)
    #expect(set.train.classes.count == 64)
    #expect(set.validation.classes.count == 16)
    #expect(set.test.classes.count == 20)
    #expect(set.imageShape == [32, 32, 3])
    let names = try ClassList("cifar_fs").all.sorted()
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
    let error = #expect(throws: DataError.self) { try CIFARFS().dataSet(in: folder.url) }
    #expect(error?.description.contains("fine_label_names.txt not found in") == true)
  }

  /// The layout of Bertinetto's archive, the same folders without those above them, and
  /// learn2learn's; one of the classes is called train.
  @Test(arguments: ["cifar100/data", "data", "", "processed/train"])
  func readsClassFolders(place: String) throws {
    let folder = try TemporaryFolder()
    let names = try ClassList("cifar_fs").all.sorted()
    for (label, name) in names.enumerated() {
      for number in 0..<2 {
        let pixels = [UInt8](repeating: UInt8(2 * label + number), count: 3 * 32 * 32)
        let image = Image(width: 32, height: 32, channels: 3, pixels: pixels)
        try folder.write(
          PNG.encoding(image, dotsPerInch: 72),
          to: (place.isEmpty ? "" : place + "/") + "\(name)/\(name)_s_\(number).png")
      }
    }
    let set = try CIFARFS().dataSet(in: folder.url)
    #expect([set.train, set.validation, set.test].map(\.classes.count) == [64, 16, 20])
    let baby = try #require(set.test.classes.first { $0.name == "baby" })
    let label = try #require(names.firstIndex(of: "baby"))
    #expect(baby.images.count == 2)
    for number in 0..<2 {
      let pixels = set.test.image(number, of: baby).scalars.map { Int(($0 * 255).rounded()) }
      #expect(pixels == [Int](repeating: 2 * label + number, count: 3 * 32 * 32))
    }
    #expect(
      try CIFARFS(side: 8, imagesPerClass: 1).dataSet(in: folder.url).imageShape == [8, 8, 3])
  }

  @Test func truncatedFilesAreNamed() throws {
    let folder = try folder(bytesMissing: 10)
    let error = #expect(throws: DataError.self) { try CIFARFS().dataSet(in: folder.url) }
    #expect(error?.description.contains("train.bin cannot be read") == true)
  }
}
