import Foundation

/// Data sets that people have on disk, recognised by content in any of the known layouts.
struct DataSearch {
  private let roots: [URL]

  init(in roots: [URL]) { self.roots = roots }

  /// What was found where, whether it is complete, and what cannot be read.
  var diagnoses: [Diagnosis] {
    var found: [Diagnosis] = []
    var seen: Set<String> = []
    for root in roots {
      for folder in Self.folders(below: root) where seen.insert(folder.url.path).inserted {
        found += DataLayout.all.compactMap { $0.recognise(folder) }
      }
    }
    let names = Set(found.filter { $0.state == .fine }.map(\.name))
    let absent = ["omniglot", "mini-imagenet", "cifar-fs"].filter { !names.contains($0) }
    if !absent.isEmpty {
      found.append(
        .fine(
          "stand-ins",
          "glyphs and scenes are built in; not found: \(absent.joined(separator: ", ")) "
            + "(Data/README.md says where to get them; name their folder: refigure doctor <folder>)"
        ))
    }
    return found
  }

  /// A folder and those below it, not too deep, and not below those that hold a class each.
  private static func folders(below root: URL) -> [DataEntries] {
    var folders: [DataEntries] = []
    var level = [DataEntries(root.standardizedFileURL)]
    for depth in 0...4 {
      folders += level
      guard depth < 4, folders.count < 2000 else { break }
      level = level.filter { $0.folders.count <= 60 }.flatMap { entries in
        entries.folders.filter { $0 != "Output" && $0 != "splits" && $0 != "golden" }.map {
          DataEntries(entries.url.appending(path: $0, directoryHint: .isDirectory))
        }
      }
    }
    return folders
  }
}

/// The visible entries of a folder.
struct DataEntries {
  let url: URL
  let files: Set<String>
  let folders: [String]

  init(_ url: URL) {
    self.url = url
    let contents =
      (try? FileManager.default.contentsOfDirectory(
        at: url, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)) ?? []
    var files: Set<String> = []
    var folders: [String] = []
    for entry in contents {
      let isFolder = (try? entry.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
      if isFolder {
        folders.append(entry.lastPathComponent)
      } else {
        files.insert(entry.lastPathComponent)
      }
    }
    self.files = files
    self.folders = folders.sorted()
  }

  /// A folder in this one.
  func entries(of folder: String) -> DataEntries {
    DataEntries(url.appending(path: folder, directoryHint: .isDirectory))
  }

  /// The folders of classes, here or in the parts of a split; in a part itself one would see only
  /// some of what the folder above it holds, and sees none.
  var classes: [URL] {
    let parts = ["train", "val", "validation", "test"]
    if parts.contains(url.lastPathComponent) { return [] }
    // A class of CIFAR-100 is called train as well: a part is what holds folders.
    let present = parts.filter(folders.contains).map(entries).filter { !$0.folders.isEmpty }
    return (present.isEmpty ? [self] : present).flatMap { place in
      place.folders.map { place.url.appending(path: $0, directoryHint: .isDirectory) }
    }
  }

  /// The number of images here.
  var imageCount: Int {
    files.count { ["png", "jpg", "jpeg"].contains(($0 as NSString).pathExtension.lowercased()) }
  }

  /// The size of a file here.
  func size(of file: String) -> Int {
    let path = url.appending(path: file).path
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
}
