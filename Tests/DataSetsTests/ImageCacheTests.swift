import Foundation
import TestSupport
import Testing

@testable import DataSets
@testable import Episodes

@Suite struct ImageCacheTests {
  /// The first image's numbers, as bytes.
  private func firstImage(_ set: DataSet) -> [Int] {
    set.train.image(0, of: set.train.classes[0]).scalars.map { Int(($0 * 255).rounded()) }
  }

  private let expected = (0..<9).flatMap { [0, 0, $0] }

  private func entries(_ cache: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: cache.url.path)
  }

  @Test func whatIsKnownIsFoundWithoutAFileBeingOpened() throws {
    let (folder, kept) = (try SampleFolder(), try TemporaryFolder())
    let cache = ImageCache(in: kept.url)
    try folder.writeClasses(.miniImageNet, pictures: 2)
    let first = try folder.read(.miniImageNet, cache: cache)
    #expect(try entries(kept).count == 1)
    // Whoever opened a picture now would fail; names, sizes and dates are to be had all the same.
    let name = try ImageSet.miniImageNet.lists.names()[0]
    let entry = kept.url.appending(path: try entries(kept)[0])
    let date = try entry.resourceValues(forKeys: [.contentModificationDateKey])
    let second = try folder.read(.miniImageNet, cache: cache)
    #expect(second.train == first.train && second.title == first.title)
    #expect(
      try entry.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
        == date.contentModificationDate)
    #expect(firstImage(second) == expected && firstImage(first) == expected)
    // A picture that changes is another data set.
    try folder.folder.write(SampleFolder.picture(77, 0), to: "\(name)/picture0.png")
    let third = try folder.read(.miniImageNet, cache: cache)
    #expect(third.train.fingerprint != first.train.fingerprint)
    #expect(try entries(kept).count == 1)
    // And one that is added.
    try folder.folder.write(SampleFolder.picture(78, 0), to: "\(name)/picture9.png")
    #expect(try folder.read(.miniImageNet, cache: cache).train.count == 129)
  }

  @Test func oneQuestionLooksAtFilesOnce() throws {
    let (folder, kept) = (try SampleFolder(), try TemporaryFolder())
    try folder.writeClasses(.miniImageNet, pictures: 2)
    func count(_ question: String?) throws -> Int {
      try folder.read(.miniImageNet, cache: ImageCache(in: kept.url, question: question)).train
        .count
    }
    #expect(try count("a") == 128 && count("a") == 128)
    let name = try ImageSet.miniImageNet.lists.names()[0]
    try folder.folder.write(SampleFolder.picture(78, 0), to: "\(name)/picture9.png")
    // All who are asked together see the same; whoever asks anew, or alone, sees what there is.
    #expect(try count("a") == 128)
    #expect(try count("b") == 129 && count(nil) == 129 && count("a") == 129)
  }

  @Test func theFingerprintIsThatOfThePixelsWhereverTheyLie() throws {
    let (here, there, kept) = (try SampleFolder(), try SampleFolder(), try TemporaryFolder())
    try here.writeClasses(.miniImageNet, pictures: 2)
    try there.writeClasses(.miniImageNet, pictures: 2, in: "deeper/mini-imagenet/")
    let set = try here.read(.miniImageNet, cache: ImageCache(in: kept.url))
    #expect(try there.read(.miniImageNet).train == set.train)
    #expect(set.train.digestOfPixels(imagesInAll: 200) == set.train.fingerprint)
  }

  @Test(arguments: [0, 100, -1, -40])
  func damagedEntriesAreMadeAgain(place: Int) throws {
    let (folder, kept) = (try SampleFolder(), try TemporaryFolder())
    let cache = ImageCache(in: kept.url)
    try folder.writeClasses(.miniImageNet, pictures: 2)
    let fingerprint = try folder.read(.miniImageNet, cache: cache).train.fingerprint
    let name = try entries(kept)[0]
    var bytes = [UInt8](try Data(contentsOf: kept.url.appending(path: name)))
    bytes[place < 0 ? bytes.count + place : place] ^= 1
    try kept.write(bytes, to: name)
    let set = try folder.read(.miniImageNet, cache: cache)
    #expect(set.train.fingerprint == fingerprint && firstImage(set) == expected)
  }

  @Test func shortEntriesAreMadeAgain() throws {
    let (folder, kept) = (try SampleFolder(), try TemporaryFolder())
    let cache = ImageCache(in: kept.url)
    try folder.writeClasses(.miniImageNet, pictures: 2)
    _ = try folder.read(.miniImageNet, cache: cache)
    let name = try entries(kept)[0]
    for length in [0, 5, 1_000] {
      let bytes = [UInt8](try Data(contentsOf: kept.url.appending(path: name)))
      try kept.write(Array(bytes.prefix(length)), to: name)
      #expect(firstImage(try folder.read(.miniImageNet, cache: cache)) == expected)
    }
  }

  @Test func aFolderThatCannotBeWrittenChangesNothing() throws {
    let (folder, kept) = (try SampleFolder(), try TemporaryFolder())
    try folder.writeClasses(.miniImageNet, pictures: 2)
    try kept.write([1], to: "file")
    let set = try folder.read(
      .miniImageNet, cache: ImageCache(in: kept.url.appending(path: "file")))
    #expect(firstImage(set) == expected)
    #expect(try folder.read(.miniImageNet).train == set.train)
  }

  @Test func entriesOutliveTheirNames() throws {
    let (folder, kept) = (try SampleFolder(), try TemporaryFolder())
    let cache = ImageCache(in: kept.url)
    try folder.writeClasses(.miniImageNet, pictures: 2)
    let set = try folder.read(.miniImageNet, cache: cache)
    try FileManager.default.removeItem(at: kept.url)
    #expect(firstImage(set) == expected)
  }

  @Test func pixelsThatNobodyHoldsAreGone() {
    final class Witness: Sendable {}
    weak var witness: Witness?
    func make() -> PixelsOnDemand {
      let own = Witness()
      witness = own
      return SharedPixels.pixels(of: "a test of sharing") {
        _ = own
        return PixelsInMemory([1, 2])
      }
    }
    var (first, second): (PixelsOnDemand?, PixelsOnDemand?) = (make(), nil)
    second = SharedPixels.pixels(of: "a test of sharing") { PixelsInMemory([3, 4]) }
    #expect(first === second)
    first = nil
    #expect(witness != nil)
    second = nil
    #expect(witness == nil)
  }
}
