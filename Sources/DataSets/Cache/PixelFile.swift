import Crypto
import Episodes
import Foundation

/// Prepared images in a file, read one by one: they take no memory of the process, and processes
/// that read the same share what the system keeps of it.
final class PixelFile: PixelSource {
  private let descriptor: Int32
  let size: Int
  private let path: String

  /// The file at a path; it stays readable if its name goes.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      close(descriptor)
      return nil
    }
    (self.path, size) = (path, Int(facts.st_size))
  }

  deinit { close(descriptor) }

  func withImage(_ index: Int, size: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { buffer in
      guard read(at: index * size, into: UnsafeMutableRawBufferPointer(buffer)) else {
        // It was whole when the first image was read: somebody writes into it, or the disk fails.
        fatalError("\(path) can no longer be read: \(String(cString: strerror(errno)))")
      }
      body(UnsafeBufferPointer(buffer))
    }
  }

  /// Fills a buffer with the bytes from an offset; false if there are fewer or none can be read.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Bool {
    // An empty buffer is full.
    guard let base = buffer.baseAddress else { return true }
    var filled = 0
    while filled < buffer.count {
      let count = pread(
        descriptor, base + filled, buffer.count - filled, off_t(offset + filled))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      filled += count
    }
    return true
  }

  /// The bytes of a range; nil if they are not there.
  func bytes(_ range: Range<Int>) -> [UInt8]? {
    guard range.lowerBound >= 0, range.upperBound <= size else { return nil }
    var bytes = [UInt8](repeating: 0, count: range.count)
    return bytes.withUnsafeMutableBytes { read(at: range.lowerBound, into: $0) } ? bytes : nil
  }

  /// The SHA-256 of so many first bytes; nil if they are not there.
  func sha256(ofFirst count: Int) -> String? {
    var hash = SHA256()
    for start in stride(from: 0, to: count, by: 1 << 20) {
      guard let bytes = bytes(start..<min(start + 1 << 20, count)) else { return nil }
      hash.update(data: bytes)
    }
    return hash.finalize().hexadecimal
  }
}
