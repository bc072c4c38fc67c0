import Crypto
import Foundation

/// What a folder holds of a set of images, as the reader sees it.
package struct ImageFinding: Sendable {
  /// The set.
  package let set: ImageSet
  /// Where, in what form, how much of it; or what is wrong and what to do.
  package let text: String
  /// Whether figures can use it.
  package let isUsable: Bool
}

extension ImageSet {
  /// All places below a folder that hold this set or look as if they did.
  ///
  /// What figures would use is read as they read it, into the cache: nothing that they would stumble
  /// over is called complete.
  package func findings(below root: URL, cache: ImageCache = .user) -> [ImageFinding] {
    var findings: [ImageFinding] = []
    var isFirst = true
    ImageSearch(below: root.standardizedFileURL.path).visit(self) { result in
      do {
        let inventory = try result.get()
        let usable = try UsableImages(inventory, split: nil)
        var text = "\(inventory.path): \(inventory.layout), \(usable.amount)"
        if isFirst {
          let images = try ImageSource.published(self, side: side, below: root)
            .dataSet(cache: cache)
          if let split = usable.split { text += try split.remarks(on: inventory, images) }
        }
        isFirst = false
        findings.append(ImageFinding(set: self, text: text, isUsable: true))
      } catch {
        findings.append(ImageFinding(set: self, text: "\(error)", isUsable: false))
      }
      return false
    }
    return findings
  }
}

extension UsableImages {
  /// How much of what was published is there.
  fileprivate var amount: String {
    guard inventory.isWhole else { return inventory.title }
    return inventory.set.editions.isEmpty ? "complete" : "\(inventory.title), complete"
  }
}

extension Omniglot.Split {
  /// What can be said of drawings by comparing them with the published ones, and of their archives.
  fileprivate func remarks(on inventory: Inventory, _ images: DataSet) throws -> String {
    let isPublished = images.test.contents == publishedContents
    var text = self == .small ? " for split small" : " for splits finn and vinyals"
    text += isPublished ? "; drawings as published" : "; drawings differ from those published"
    let repacked = try archives.filter { archive in
      let zip = inventory.path + "/\(archive.rawValue).zip"
      // A folder has no checksum.
      guard FileManager.default.fileExists(atPath: zip) else { return false }
      let bytes = try Data(contentsOf: URL(fileURLWithPath: zip))
      return Insecure.MD5.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        != archive.md5
    }
    guard !repacked.isEmpty else { return text }
    return text + " (\(repacked.map { $0.rawValue + ".zip" }.joined(separator: ", ")) packed anew: "
      + "other MD5 than the authors' file)"
  }

  /// The SHA-256 of all pixels at 28 × 28 that the authors' files give.
  private var publishedContents: String {
    self == .small
      ? "56c704f3bc978475337f5267492dd0deefdebe22ffc10e148b9c62dc68ec5b50"
      : "255fbb66efe334ae4ffdf873a5d430b6232d966a38612f804baa3297751298c5"
  }
}

/// What archives are read with.
package enum ArchiveLibrary {
  /// The version of libarchive that runs.
  package static var version: String { Archive.library }
}
