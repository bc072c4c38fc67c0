import Foundation
import Imaging
import Tensors
import TestSupport
import Testing

@testable import Episodes

@Suite struct OmniglotTests {
  /// The drawing k of a character: white paper, a black square at a place of its own.
  private func drawing(_ k: Int) -> Image {
    var pixels = [UInt8](repeating: 255, count: 105 * 105)
    for y in 20..<50 { for x in 10 + 4 * k..<40 + 4 * k { pixels[y * 105 + x] = 0 } }
    return Image(width: 105, height: 105, channels: 1, pixels: pixels)
  }

  /// So many characters of each alphabet, with four drawings each.
  private func files(
    _ archive: String, alphabets: KeyValuePairs<String, Int>
  ) -> [(String, [UInt8])] {
    let drawings = (0..<4).map { PNG.encoding(drawing($0), dotsPerInch: 72) }
    return alphabets.flatMap { alphabet, count in
      (1...count).flatMap { number in
        let character = "character" + (number < 10 ? "0\(number)" : "\(number)")
        return drawings.indices.map {
          ("\(archive)/\(alphabet)/\(character)/\(number)_0\($0 + 1).png", drawings[$0])
        }
      }
    }
  }

  private let archives: [(String, KeyValuePairs<String, Int>)] = [
    ("images_background_small1", ["Greek": 24, "Balinese": 24, "Early_Aramaic": 22, "Korean": 40]),
    ("images_background_small2", ["Greek": 24, "Latin": 132]),
  ]

  /// A folder that holds one of the two small archives, in good order.
  private func small1() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      StoredZip.archive(files("images_background_small1", alphabets: ["Korean": 2])),
      to: "images_background_small1.zip")
    return folder
  }

  @Test func foldersAndZipsGiveTheSame() throws {
    let folder = try TemporaryFolder()
    let zips = try TemporaryFolder()
    for (archive, alphabets) in archives {
      let files = files(archive, alphabets: alphabets)
      for (name, bytes) in files { try folder.write(bytes, to: name) }
      try zips.write(StoredZip.archive(files), to: archive + ".zip")
    }
    let unpacked = try Omniglot(split: .small).dataSet(in: folder.url)
    let zipped = try Omniglot(split: .small).dataSet(in: zips.url)
    #expect(unpacked.train == zipped.train)
    #expect(unpacked.test == zipped.test)
    #expect(
      [0, 23, 24].map { zipped.train.classes[$0].name } == [
        "Greek/character01", "Greek/character24", "Latin/character01",
      ])
    #expect(
      [0, 24, 46].map { zipped.test.classes[$0].name } == [
        "Balinese/character01", "Early_Aramaic/character01", "Korean/character01",
      ])
    #expect(zipped.test.count == 86 * 4)
    // Ink is one, paper zero; rows 20..<50 of 105 are rows 5.3..<13.3 of 28.
    let image = zipped.test.image(0, of: zipped.test.classes[0])
    #expect(image.shape == [28, 28, 1])
    #expect(image.scalars[8 * 28 + 6] == 1)
    #expect(image.scalars[20 * 28 + 20] == 0)
  }

  @Test func incompleteArchivesAreNoticed() throws {
    let folder = try TemporaryFolder()
    for (archive, alphabets) in archives {
      for (name, bytes) in files(archive, alphabets: alphabets)
      where !name.contains("Korean/character40") {
        try folder.write(bytes, to: name)
      }
    }
    let error = #expect(throws: DataError.self) {
      try Omniglot(split: .small).dataSet(in: folder.url)
    }
    #expect(error?.description.contains("85 characters in place of the 86 to test") == true)
  }

  @Test func missingArchivesAreNamed() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: DataError.self) {
      try Omniglot(split: .small).dataSet(in: folder.url)
    }
    #expect(
      error?.description.contains("images_background_small2.zip) not found in \(folder.url.path)")
        == true)
  }

  @Test(arguments: [0.2, 0.5, 0.99])
  func truncatedZipsAreNamed(part: Double) throws {
    let folder = try small1()
    let zip = StoredZip.archive(files("images_background_small2", alphabets: ["Greek": 2]))
    try folder.write(
      Array(zip.prefix(Int(part * Double(zip.count)))), to: "images_background_small2.zip")
    let error = #expect(throws: DataError.self) {
      try Omniglot(split: .small).dataSet(in: folder.url)
    }
    #expect(error?.description.contains("images_background_small2.zip cannot be read") == true)
    #expect(error?.description.contains("fetch the file again") == true)
    #expect(error?.description.contains("[") == false)
  }

  @Test func damagedBytesAreFound() throws {
    let folder = try small1()
    var zip = StoredZip.archive(files("images_background_small2", alphabets: ["Greek": 2]))
    zip[200] ^= 0x40
    try folder.write(zip, to: "images_background_small2.zip")
    let error = #expect(throws: (any Error).self) {
      try Omniglot(split: .small).dataSet(in: folder.url)
    }
    #expect("\(String(describing: error))".contains("images_background_small2.zip"))
  }

  @Test func otherSizesAreRefused() throws {
    let folder = try small1()
    let small = drawing(0).resized(width: 28, height: 28)
    try folder.write(
      PNG.encoding(small, dotsPerInch: 72),
      to: "images_background_small2/Greek/character01/0001_01.png")
    let error = #expect(throws: DataError.self) {
      try Omniglot(split: .small).dataSet(in: folder.url)
    }
    #expect(error?.description.contains("0001_01.png is 28×28 pixels, not 105×105") == true)
  }

  @Test func publishedListsHoldTheirNumbers() throws {
    for (list, count) in [("train", 4112), ("val", 688), ("test", 1692)] {
      #expect(try SplitList.lines("omniglot_vinyals_\(list)").count == count)
    }
  }

  @Test(.enabled(if: RealData.omniglot != nil, RealData.advice))
  func theOfficialSmallSetsHaveTheirNumbers() throws {
    let root = try #require(RealData.omniglot)
    let set = try Omniglot(split: .small).dataSet(in: root)
    #expect(set.train.classes.count == 156)
    #expect(set.test.classes.count == 86)
    #expect(
      Set(set.test.classes.map(\.group)) == ["Balinese", "Early_Aramaic", "Korean"])
    #expect((set.train.classes + set.test.classes).allSatisfy { $0.images.count == 20 })
    // The digest of the pixels as Pillow prepares them.
    #expect(
      set.test.digest == "d51edefe96243bd820f84c354982db66b7258a3104b8fd7ccad31f241b7e7a23")
  }
}
