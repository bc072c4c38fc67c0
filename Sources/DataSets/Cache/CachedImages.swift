import Episodes
import Foundation
import Tensors

/// Prepared images of a set, and what is known of them without a look at their pixels.
struct CachedImages {
  struct Facts: Codable {
    var shape: Shape
    var classes: [ImageClass]
    /// How captions call them.
    var title: String
    /// Whether they are of Omniglot's small archives.
    var isSmall: Bool
    var sha256: String
    var watch: Watch
  }

  let facts: Facts
  let pixels: any PixelSource

  /// The same images, their pixels shared with whoever in this process has them.
  var shared: CachedImages {
    CachedImages(facts: facts, pixels: SharedPixels.pixels(of: facts.sha256) { pixels })
  }

  /// Images in a file of the cache.
  ///
  /// What it holds is compared with its digest when the first image is asked for; if somebody has
  /// damaged it, they are made again.
  static func checked(
    _ facts: Facts, in file: PixelFile, again: @escaping @Sendable () throws -> CachedImages
  ) -> CachedImages {
    let pixels = SharedPixels.pixels(of: facts.sha256) {
      if file.sha256(ofFirst: facts.pixelCount) == facts.sha256 { return file }
      do {
        let anew = try again()
        guard anew.facts.sha256 == facts.sha256 else {
          fatalError("the images of \(facts.title) changed while they were used; start again")
        }
        return anew.pixels
      } catch {
        fatalError(
          "the images of \(facts.title) are damaged in the cache, and their files: \(error)")
      }
    }
    return CachedImages(facts: facts, pixels: pixels)
  }
}

extension CachedImages.Facts {
  /// The number of bytes of all pixels.
  var pixelCount: Int { (classes.map(\.images.upperBound).max() ?? 0) * shape.count }

  private static let mark = Array("refigure images1".utf8)

  /// What stands behind the pixels: the facts as JSON, the length of that, a mark.
  var encoded: [UInt8] {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let json = try encoder.encode(self)
      return Array(json) + withUnsafeBytes(of: json.count.littleEndian) { Array($0) } + Self.mark
    }
  }

  /// The facts at the end of a file; nil if it is no entry of a cache, or not of its length.
  init?(endOf file: PixelFile) {
    let tail = 8 + Self.mark.count
    guard let end = file.bytes(file.size - tail..<file.size), end[8...].elementsEqual(Self.mark)
    else { return nil }
    let length = end[..<8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    guard length < 1 << 28,
      let json = file.bytes(file.size - tail - Int(length)..<file.size - tail),
      let facts = try? JSONDecoder().decode(Self.self, from: Data(json)),
      facts.pixelCount + Int(length) + tail == file.size
    else { return nil }
    self = facts
  }
}
