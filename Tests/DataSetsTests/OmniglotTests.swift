import Foundation
import Imaging
import Tensors
import TestSupport
import Testing

@testable import DataSets
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

  private func read(_ folder: URL, _ split: Omniglot.Split? = .small) throws -> DataSet {
    try ImageSource.published(.omniglot, side: 28, below: folder, split: split)
      .dataSet(cache: ImageCache(in: nil))
  }

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
    let unpacked = try read(folder.url)
    let zipped = try read(zips.url)
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
      try read(folder.url)
    }
    #expect(
      error?.description.contains("Class Korean/character40 of Omniglot not found in") == true)
  }

  @Test func missingArchivesAreNamed() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: DataError.self) {
      try read(folder.url)
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
      try read(folder.url)
    }
    #expect(error?.description.contains("images_background_small2.zip cannot be read") == true)
    #expect(error?.description.contains("fetch the file again") == true)
    #expect(error?.description.contains("[") == false)
  }

  @Test func damagedBytesAreFound() throws {
    let folder = try TemporaryFolder()
    try writeSmall(folder, zipped: true)
    let name = "images_background_small2.zip"
    var zip = [UInt8](try Data(contentsOf: folder.url.appending(path: name)))
    zip[200] ^= 0x40
    try folder.write(zip, to: name)
    #expect(complaint(folder).contains(name) && complaint(folder).contains("CRC"))
  }

  @Test func otherSizesAreRefused() throws {
    let folder = try TemporaryFolder()
    let small = PNG.encoding(drawing(0).resized(width: 28, height: 28), dotsPerInch: 72)
    try writeSmall(folder) { $0[0].1 = small }
    #expect(complaint(folder).contains("1_01.png is 28×28 pixels, not 105×105"))
  }

  private func writeSmall(
    _ folder: TemporaryFolder, zipped: Bool = false, nested: Bool = false,
    _ change: (inout [(String, [UInt8])]) -> Void = { _ in }
  ) throws {
    for (archive, alphabets) in archives {
      var files = files(archive, alphabets: alphabets)
      change(&files)
      if zipped {
        try folder.write(StoredZip.archive(files), to: archive + ".zip")
      } else {
        for (name, bytes) in files {
          try folder.write(bytes, to: (nested ? archive + "/" : "") + name)
        }
      }
    }
  }

  private func complaint(_ folder: TemporaryFolder) -> String {
    do {
      _ = try read(folder.url, nil)
      return "none"
    } catch {
      return "\(error)"
    }
  }

  @Test func theSmallArchivesAloneAreDividedAsTheySuggest() throws {
    let folder = try TemporaryFolder()
    try writeSmall(folder)
    #expect(try read(folder.url, nil).name == "omniglot/small")
  }

  /// Whatever is wrong with the small archives is said, not that there are no others.
  @Test func theTrueReasonIsGiven() throws {
    let cut = try TemporaryFolder()
    try writeSmall(cut, zipped: true)
    let zip = [UInt8](
      try Data(contentsOf: cut.url.appending(path: "images_background_small1.zip")))
    try cut.write(Array(zip.dropLast(40)), to: "images_background_small1.zip")
    #expect(complaint(cut).contains("images_background_small1.zip cannot be read"))

    let one = try small1()
    #expect(complaint(one).contains("Omniglot's images_background_small2"))

    let bad = try TemporaryFolder()
    try writeSmall(bad) { $0[3].1 = [1, 2, 3] }
    #expect(complaint(bad).contains("1_04.png: neither a PNG nor a JPEG"))
    let found = ImageSet.omniglot.findings(below: bad.url, cache: ImageCache(in: nil))
    #expect(found.map(\.text) == [complaint(bad)])
  }

  @Test func whatAMacAddsToAZipIsNotRead() throws {
    let (folder, plain) = (try TemporaryFolder(), try TemporaryFolder())
    try writeSmall(plain)
    try writeSmall(folder, zipped: true) { files in
      files += files.map { ("__MACOSX/" + $0.0.replacing("/1_", with: "/._1_"), [0, 5, 22, 7]) }
      files.append((files[0].0.replacing("1_01.png", with: "._1_01.png"), [0, 5]))
      files.append(("images_background_small2/.DS_Store", [0]))
    }
    #expect(try read(folder.url, nil).test == read(plain.url, nil).test)
  }

  @Test func doublyNestedFoldersAndLargeLettersAreRead() throws {
    let (folder, plain, zip) = (
      try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder()
    )
    try writeSmall(plain)
    try writeSmall(folder, nested: true)
    try writeSmall(zip, zipped: true) { files in
      files = files.map { ($0.0.replacing(".png", with: ".PNG"), $0.1) }
    }
    let expected = try read(plain.url, nil).test
    #expect(try read(folder.url, nil).test == expected)
    #expect(try read(zip.url, nil).test == expected)
  }

  @Test func anEmptyFolderAmongCharactersIsNamed() throws {
    let folder = try TemporaryFolder()
    try writeSmall(folder)
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "images_background_small2/Greek/character25"),
      withIntermediateDirectories: true)
    #expect(complaint(folder).contains("A drawing of Greek/character25 not found in"))
    #expect(complaint(folder).contains("remove the folder"))
  }

  /// An archive that somebody has packed again is judged by what it holds.
  @Test func archivesAreJudgedByTheirContents() throws {
    let folder = try TemporaryFolder()
    try writeSmall(folder, zipped: true)
    let found = ImageSet.omniglot.findings(below: folder.url, cache: ImageCache(in: nil))
    #expect(found.map(\.isUsable) == [true])
    #expect(found[0].text.contains("zips, Omniglot, 4 of 20 images a class for split small"))
    #expect(found[0].text.contains("drawings differ from those published"))
    #expect(found[0].text.contains("packed anew"))
  }

  @Test func publishedListsHoldTheirNumbers() throws {
    for (list, count) in [("train", 4112), ("val", 688), ("test", 1692)] {
      #expect(try SplitList.lines("omniglot_vinyals_\(list)").count == count)
    }
  }

  @Test(.enabled(if: RealData.omniglot != nil, RealData.advice))
  func theOfficialSmallSetsHaveTheirNumbers() throws {
    let root = try #require(RealData.omniglot)
    let set = try read(root)
    #expect(set.train.classes.count == 156)
    #expect(set.test.classes.count == 86)
    #expect(
      Set(set.test.classes.map(\.group)) == ["Balinese", "Early_Aramaic", "Korean"])
    #expect((set.train.classes + set.test.classes).allSatisfy { $0.images.count == 20 })
    // The digest of the pixels as Pillow prepares them.
    #expect(
      set.test.fingerprint == "d51edefe96243bd820f84c354982db66b7258a3104b8fd7ccad31f241b7e7a23")
  }
}
