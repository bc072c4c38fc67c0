import Crypto
import Foundation

/// Writes an entry of the cache: pixels as they come, then what is known of them.
///
/// It appears under its name whole or not at all, whoever else writes the same.
final class EntryWriter {
  /// The cache cannot be written.
  struct Failure: Error {}

  private let path: String
  private let temporary: String
  private var descriptor: Int32
  private var hash = SHA256()

  /// - Throws: ``Failure``.
  init(_ path: String) throws(Failure) {
    self.path = path
    temporary = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max))"
    let folder = (path as NSString).deletingLastPathComponent
    // Whatever is wrong with the folder, opening the file finds it.
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure() }
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      unlink(temporary)
    }
  }

  /// Writes the pixels of an image.
  func append(_ pixels: [UInt8]) throws {
    hash.update(data: pixels)
    try write(pixels)
  }

  /// The digest of all pixels so far.
  var sha256: String { hash.finalize().hexadecimal }

  /// Writes what is known of the images, and gives the file its name.
  func finish(_ facts: CachedImages.Facts) throws -> String {
    try write(facts.encoded)
    // A disk may say only now that it is full.
    guard close(descriptor) == 0 else {
      descriptor = -1
      unlink(temporary)
      throw Failure()
    }
    descriptor = -1
    guard rename(temporary, path) == 0 else {
      unlink(temporary)
      throw Failure()
    }
    return path
  }

  private func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Failure() }
      rest = rest.dropFirst(count)
    }
  }
}
