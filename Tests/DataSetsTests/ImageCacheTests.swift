import Foundation
import Tensors
import TestSupport
import Testing

@testable import Episodes

@Suite struct ImageCacheTests {
  private let collection = ImageCollection(
    shape: [1, 2, 1], classes: [ImageClass(name: "a", group: "", images: 0..<2)],
    pixels: [1, 2, 3, 4])

  /// The pixels that the cache gives, and whether they had to be decoded.
  private func look(_ cache: ImageCache, _ source: URL) throws -> (pixels: [UInt8], decoded: Bool) {
    var decoded = false
    let found = try cache.collection("test", from: [source]) {
      decoded = true
      return collection
    }
    return (found.pixels, decoded)
  }

  @Test func decodesOnceUntilTheSourceChanges() throws {
    let folder = try TemporaryFolder()
    try folder.write([0], to: "source/file")
    let source = folder.url.appendingPathComponent("source")
    let cache = ImageCache(folder: folder.url.appendingPathComponent("cache"))
    #expect(try look(cache, source) == ([1, 2, 3, 4], true))
    #expect(try look(cache, source) == ([1, 2, 3, 4], false))
    try folder.write([0, 1], to: "source/file")
    #expect(try look(cache, source) == ([1, 2, 3, 4], true))
  }

  @Test func damagedEntriesAreDecodedAgain() throws {
    let folder = try TemporaryFolder()
    let cache = ImageCache(folder: folder.url)
    let source = URL(fileURLWithPath: "/nowhere")
    #expect(try look(cache, source).decoded)
    let entry = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder.url.path).first)
    var bytes = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent(entry)))
    bytes[bytes.count - 1] ^= 1
    try folder.write(bytes, to: entry)
    #expect(try look(cache, source) == ([1, 2, 3, 4], true))
    #expect(try look(cache, source).decoded == false)
  }

  @Test func withoutAFolderNothingIsKept() throws {
    let cache = ImageCache(folder: nil)
    let source = URL(fileURLWithPath: "/nowhere")
    #expect(try look(cache, source).decoded)
    #expect(try look(cache, source).decoded)
  }
}
