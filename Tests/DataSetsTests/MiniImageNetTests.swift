import Foundation
import Imaging
import Tensors
import TestSupport
import Testing

@testable import DataSets
@testable import Episodes

@Suite struct MiniImageNetTests {
  /// A 6×4 image of one colour that tells class and number.
  private func image(_ label: Int, _ number: Int) -> [UInt8] {
    let colour = [UInt8(2 * label), UInt8(100 + number), 30]
    let pixels = (0..<24).flatMap { _ in colour }
    return PNG.encoding(
      Image(width: 6, height: 4, channels: 3, pixels: pixels), dotsPerInch: 72)
  }

  private func read(_ folder: TemporaryFolder) throws -> DataSet {
    try ImageSource.published(.miniImageNet, side: 3, below: folder.url)
      .dataSet(cache: ImageCache(in: nil))
  }

  /// The classes in the order of their names, which is not the order of the lists.
  private func names() throws -> [String] { try ImageSet.miniImageNet.lists.names().sorted() }

  private func check(_ set: DataSet) throws {
    #expect(set.train.classes.count == 64)
    #expect(set.validation.classes.count == 16)
    #expect(set.test.classes.count == 20)
    #expect(set.imageShape == [3, 3, 3])
    #expect(set.name == "mini-imagenet")
    #expect(set.title == "mini-ImageNet, 2 of 600 images a class")
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
    try check(read(folder))
  }

  @Test func readsRavisLists() throws {
    let folder = try TemporaryFolder()
    let names = try names()
    for (file, part) in [("train", DataSet.Part.train), ("val", .validation), ("test", .test)] {
      var lines = ["filename,label"]
      for name in try ImageSet.miniImageNet.lists.names(of: part) {
        let label = try #require(names.firstIndex(of: name))
        for number in 0..<2 {
          try folder.write(image(label, number), to: "images/\(name)000\(number).jpg")
          lines.append("\(name)000\(number).jpg,\(name)")
        }
      }
      try folder.write(Array(lines.joined(separator: "\r\n").utf8), to: file + ".csv")
    }
    try check(read(folder))
  }

  @Test func missingDataAndMissingClassesAreNamed() throws {
    let folder = try TemporaryFolder()
    let none = #expect(throws: DataError.self) {
      try read(folder)
    }
    #expect(
      none?.description.hasPrefix(
        "mini-ImageNet not found in \(folder.url.path): class folders such as")
        == true)
    let first = try ImageSet.miniImageNet.lists.names()[0]
    try folder.write(image(0, 0), to: "train/\(first)/a.png")
    let second = try ImageSet.miniImageNet.lists.names()[1]
    let few = #expect(throws: DataError.self) {
      try read(folder)
    }
    #expect(
      few?.description.contains("99 of 100 classes of mini-ImageNet, the first \(second),") == true)
  }
}
