import Foundation

/// A folder of a data set, listed in an order that does not depend on the file system.
struct Folder {
  let url: URL

  init(_ url: URL) { self.url = url }

  /// Whether there is such a folder.
  var exists: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// The folders inside, by name.
  var folders: [Folder] { names.map { self[$0] }.filter(\.exists) }

  /// The images inside, by name.
  var images: [URL] {
    names.filter { ["png", "jpg", "jpeg"].contains(($0 as NSString).pathExtension.lowercased()) }
      .map { url.appendingPathComponent($0) }
  }

  var name: String { url.lastPathComponent }

  subscript(name: String) -> Folder { Folder(url.appendingPathComponent(name)) }

  func file(_ name: String) -> URL? {
    let file = url.appendingPathComponent(name)
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }

  /// Visible entries, sorted by their bytes.
  private var names: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
