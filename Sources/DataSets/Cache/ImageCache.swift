import Crypto
import Foundation
import Tensors

/// Prepared images kept in a folder, so that thousands of files need not be decoded every time.
///
/// An entry belongs to the names, sizes and dates of the files that it was made from. It is a
/// convenience: without a folder, or with an entry that is damaged, the files are decoded.
struct ImageCache {
  let folder: URL?

  /// What precedes the pixels in an entry, as a line of JSON.
  private struct Header: Codable {
    var shape: Shape
    var classes: [ImageClass]
    var sha256: String
  }

  /// The images made for a purpose from files and folders; decoded if there is no such entry.
  ///
  /// The purpose says how the images were prepared: another preparation is another entry.
  func collection(
    _ purpose: String, from places: [URL], decode: () throws -> ImageCollection
  ) throws -> ImageCollection {
    guard let folder else { return try decode() }
    let listing = ([purpose] + places.flatMap(FileListing.lines)).joined(separator: "\n")
    let key = SHA256.hash(data: Array(listing.utf8)).hexadecimal
    let entry = folder.appendingPathComponent("images-\(key.prefix(32))")
    if let collection = read(entry) { return collection }
    let collection = try decode()
    // A full disk or a folder that is not ours costs time at the next start, nothing else.
    try? write(collection, to: entry)
    return collection
  }

  private func read(_ entry: URL) -> ImageCollection? {
    guard let data = try? Data(contentsOf: entry), let end = data.firstIndex(of: 10),
      let header = try? JSONDecoder().decode(Header.self, from: data[..<end])
    else { return nil }
    let pixels = [UInt8](data[(end + 1)...])
    let last = header.classes.map(\.images.upperBound).max() ?? 0
    guard pixels.count == last * header.shape.count,
      SHA256.hash(data: pixels).hexadecimal == header.sha256
    else { return nil }
    return ImageCollection(shape: header.shape, classes: header.classes, pixels: pixels)
  }

  private func write(_ collection: ImageCollection, to entry: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var data = try encoder.encode(
      Header(
        shape: collection.shape, classes: collection.classes,
        sha256: SHA256.hash(data: collection.pixels).hexadecimal))
    data.append(10)
    data.append(contentsOf: collection.pixels)
    try FileManager.default.createDirectory(
      at: entry.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: entry, options: .atomic)
  }
}

/// Names, sizes and dates of files, to notice when they change.
enum FileListing {
  /// A line for every file at a place, which is a file or a folder.
  static func lines(at place: URL) -> [String] {
    let manager = FileManager.default
    let inside = (manager.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? [])
      .map { place.path + "/" + $0 }
    return ([place.path] + inside.sorted()).compactMap { path in
      guard let facts = try? manager.attributesOfItem(atPath: path),
        facts[.type] as? FileAttributeType == .typeRegular
      else { return nil }
      let date = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
      return "\(path) \(facts[.size] as? UInt64 ?? 0) \(date)"
    }
  }
}
