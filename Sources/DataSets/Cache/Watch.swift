import Crypto
import Foundation

/// The files and folders that images were found in, and what they were like: it tells whether
/// anything has changed, without opening a file.
struct Watch: Codable {
  /// Folders that were looked into: names count.
  private var searched: [String]
  /// Folders of images: names, sizes and dates count.
  private var read: [String]
  /// Single files: sizes and dates count.
  private var files: [String]
  /// A digest of all that counts.
  private(set) var facts: String

  /// What an inventory was found on.
  init(_ inventory: Inventory, _ trail: Trail) throws {
    let images = Set(inventory.classes.flatMap { $0.images.map(\.file.archiveOrPath) })
    let byFolder = Dictionary(grouping: images) { ($0 as NSString).deletingLastPathComponent }
    // Of a folder with a few files that count there may be others that do not.
    read = byFolder.filter { $0.value.count >= 8 }.keys.sorted()
    files =
      (byFolder.filter { $0.value.count < 8 }.flatMap(\.value) + Set(inventory.lists)).sorted()
    searched = trail.folders.subtracting(read).sorted()
    facts = ""
    facts = try Self.facts(searched, read, files)
  }

  /// Whether everything is as it was.
  var isUnchanged: Bool {
    // A folder that is gone or closed has changed; whoever reads anew will say why.
    (try? Self.facts(searched, read, files)) == facts
  }

  private static func facts(
    _ searched: [String], _ read: [String], _ files: [String]
  ) throws -> String {
    var text: [UInt8] = []
    func add(_ number: Int) { withUnsafeBytes(of: number.littleEndian) { text += $0 } }
    func add(_ entry: DirectoryEntry, isDated: Bool) {
      text += Array(entry.name.utf8)
      add(entry.kind == .folder ? 0 : entry.kind == .file ? 1 : 2)
      guard isDated, entry.kind == .file else { return }
      add(entry.size)
      add(entry.dates.modified)
      add(entry.dates.changed)
    }
    for (folders, isDated) in [(searched, false), (read, true)] {
      for folder in folders {
        text += Array(folder.utf8) + [0]
        for entry in try DirectoryEntry.all(in: folder) { add(entry, isDated: isDated) }
      }
    }
    for file in files {
      text += Array(file.utf8) + [0]
      if let entry = DirectoryEntry.at(file) { add(entry, isDated: true) }
    }
    return SHA256.hash(data: text).hexadecimal
  }
}
