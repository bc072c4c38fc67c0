import Foundation
import TestSupport
import Testing

@testable import DataSets

@Suite struct ArchiveTests {
  /// A tar of the old form: a header of 512 bytes before every file.
  private func tar(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for file in files {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at place: Int) {
        for (offset, byte) in text.utf8.enumerated() { header[place + offset] = byte }
      }
      func octal(_ number: Int, _ digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
      }
      put(file.name, at: 0)
      put(octal(0o644, 7), at: 100)
      put(octal(file.bytes.count, 11), at: 124)
      put(octal(0, 11), at: 136)
      put(String(repeating: " ", count: 8), at: 148)
      put("0", at: 156)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", at: 148)
      archive += header + file.bytes
      archive += [UInt8](repeating: 0, count: (512 - file.bytes.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  private let files: [(name: String, bytes: [UInt8])] = [
    ("set/b/2.png", Array(repeating: 7, count: 700)), ("./set/a/1.png", [1, 2, 3]),
    ("set/a/empty", []), ("__MACOSX/set/a/._1.png", [9]), ("set/.DS_Store", [9]),
  ]

  @Test(arguments: [true, false])
  func zipsAndTarsAreReadInOneWay(isZip: Bool) throws {
    let folder = try TemporaryFolder()
    let name = isZip ? "cub-200.zip" : "cub-200.tar"
    try folder.write(isZip ? StoredZip.archive(files) : tar(files), to: name)
    let root = Folder(at: folder.url.path, trail: Trail())
    let set = try #require(try root.folder("cub-200")?.unwrapped())
    #expect(set.name == "set")
    #expect(try set.folders.map(\.name) == ["a", "b"] && set.files.isEmpty)
    let inside = try #require(try set.folder("a"))
    #expect(try inside.files.map(\.name) == ["1.png", "empty"])
    #expect(try inside.files.map { try $0.bytes() } == [[1, 2, 3], []])
    #expect(try set.folder("b")?.file("2.png")?.bytes().count == 700)
  }

  @Test func compressedTarsOfASetAreRead() throws {
    let (sample, folder) = (try SampleFolder(), try TemporaryFolder())
    try sample.writeClasses(.cifarFS, pictures: 2)
    let packed = tar(
      try ImageSet.cifarFS.lists.names().flatMap { name in
        try (0..<2).map { number in
          let path = "\(name)/picture\(number).png"
          return (
            "cifar100/data/" + path,
            [UInt8](try Data(contentsOf: sample.url.appending(path: path)))
          )
        }
      })
    // A gzip member with the data as they are, in blocks of deflate.
    try folder.write(gzip(packed), to: "cifar100.tar.gz")
    let set = try ImageSource.published(.cifarFS, side: 3, below: folder.url)
      .dataSet(cache: ImageCache(in: nil))
    #expect(set.test == (try sample.read(.cifarFS).test))
  }

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let blocks = stride(from: 0, to: bytes.count, by: 65_535).flatMap { start -> [UInt8] in
      let end = min(start + 65_535, bytes.count)
      let length = little(end - start, 2)
      return [end == bytes.count ? 1 : 0] + length + length.map { ~$0 } + bytes[start..<end]
    }
    let crc = ~bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1
      }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + blocks + little(Int(crc), 4)
      + little(bytes.count, 4)
  }

  @Test func whatIsNoArchiveIsSaid() throws {
    let folder = try TemporaryFolder()
    for bytes in [[], Array("<html>not found</html>".utf8), [0x50, 0x4B, 3, 4, 0, 0]] {
      try folder.write(bytes, to: "a.zip")
      let error = #expect(throws: DataError.self) {
        try Archive(path: folder.url.path + "/a.zip").entries()
      }
      #expect(error?.description.contains("a.zip cannot be read: ") == true)
    }
  }
}
