import Crypto
import Dispatch
import Episodes
import Foundation
import Imaging
import Synchronization
import Tensors

/// Images of one shape, made from files class by class and handed on one after another.
struct ImageCollection {
  let inventory: Inventory
  let preparation: ImagePreparation

  /// The classes in the order of their images.
  var classes: [ImageClass] {
    var first = 0
    return inventory.classes.map { listed in
      defer { first += listed.images.count }
      return ImageClass(
        name: listed.name, group: listed.group, images: first..<first + listed.images.count)
    }
  }

  /// Decodes all images in order, and hands on the bytes of each.
  ///
  /// - Throws: ``DataError`` or an image's own error, naming the file and the remedy; what `take`
  ///   throws.
  func decode(_ take: ([UInt8]) throws -> Void) throws {
    let packed = try packedImages()
    var records: [DataFile: BinaryRecords] = [:]
    for listed in inventory.classes {
      let decoded = try decoded(listed.images)
      let images = try listed.images.indices.map { index in
        switch listed.images[index] {
        case .file(let file): return decoded[index] ?? packed[file] ?? []
        case .record(let file, let number):
          let known = try records[file] ?? BinaryRecords(file.bytes(), path: file.path)
          records[file] = known
          return try preparation(known.image(number), named: file.path)
        }
      }
      try checkRepetitions(images, of: listed)
      for image in images { try take(image) }
    }
  }

  /// The images that are files of their own, decoded on all cores; nil in the place of others.
  private func decoded(_ places: [ImagePlace]) throws -> [[UInt8]?] {
    let results = Mutex([Result<[UInt8], any Error>?](repeating: nil, count: places.count))
    let paths = places.map { place -> String? in
      guard case .file(let file) = place, file.place == .disk else { return nil }
      return file.path
    }
    DispatchQueue.concurrentPerform(iterations: places.count) { [preparation] index in
      guard let path = paths[index] else { return }
      let result = Result { try preparation(Image(contentsOf: path), named: path) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { results in try results.map { try $0?.get() } }
  }

  /// The images that lie in archives, each archive read through once.
  private func packedImages() throws -> [DataFile: [UInt8]] {
    var wanted: [String: [String: DataFile]] = [:]
    for case .file(let file) in inventory.classes.lazy.flatMap(\.images) {
      guard case .archive(let archive, let entry) = file.place else { continue }
      wanted[archive, default: [:]][entry] = file
    }
    var images: [DataFile: [UInt8]] = [:]
    for (archive, files) in wanted {
      try Archive(path: archive).read(Set(files.keys)) { name, bytes in
        guard let file = files[name] else { return }
        images[file] = try preparation(
          Image(decoding: bytes, named: file.path), named: file.path)
      }
    }
    return images
  }

  /// Copies of a class that lie in two places would be learnt from and asked for in one episode.
  private func checkRepetitions(_ images: [[UInt8]], of listed: ListedClass) throws {
    let folders = listed.images.map { ($0.file.path as NSString).deletingLastPathComponent }
    guard Set(folders).count > 1 else { return }
    var known: [SHA256Digest: Int] = [:]
    var copies: [(of: Int, at: Int)] = []
    for (index, image) in images.enumerated() {
      let digest = SHA256.hash(data: image)
      guard let first = known[digest] else {
        known[digest] = index
        continue
      }
      // In one folder, two drawings of a dot may well be alike, and are in Omniglot.
      if folders[first] != folders[index] { copies.append((first, index)) }
    }
    // The parts of a published set share a few pictures.
    guard let first = copies.first, copies.count * 50 > images.count else { return }
    throw DataError.unreadable(
      file: listed.images[first.at].file.path,
      reason: "\(copies.count) of \(images.count) images of \(listed.name) are copies of others, "
        + "this one of \(listed.images[first.of].file.path)",
      remedy: "Remove the copies")
  }
}
