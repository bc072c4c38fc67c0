import DataSets
import Foundation

/// Data sets that people have on disk, recognised by content in any of the known layouts.
struct DataSearch {
  private let roots: [URL]
  private let cache: ImageCache

  init(in roots: [URL], cache: ImageCache = .user) { (self.roots, self.cache) = (roots, cache) }

  /// What was found where, whether it is complete, and what cannot be read.
  var diagnoses: [Diagnosis] {
    var found: [Diagnosis] = []
    for set in ImageSet.published {
      let findings = roots.flatMap { set.findings(below: $0, cache: cache) }
      var seen: Set<String> = []
      found += findings.filter { seen.insert($0.text).inserted }.map {
        Diagnosis(
          state: $0.isUsable ? .fine : .poor, name: set.name, finding: $0.text, remedy: nil)
      }
    }
    let names = Set(found.filter { $0.state == .fine }.map(\.name))
    found += othersNamed
    let absent = ImageSet.published.filter { !names.contains($0.name) }
    if !absent.isEmpty {
      found.append(
        .fine(
          "stand-ins",
          "procedural images are built in; not found (name their folder: refigure doctor <folder>): "
            + absent.map { "\($0.name) (\($0.remedy))" }.joined(separator: "; ")))
    }
    return found
  }

  private var othersNamed: [Diagnosis] {
    var seen: Set<String> = []
    return roots.flatMap(Self.folders).filter { seen.insert($0.url.path).inserted }
      .flatMap { folder in DataLayout.all.compactMap { $0.recognise(folder) } }
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
    // What cannot be listed is told of by the search for images.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    var files: Set<String> = []
    var folders: [String] = []
    for name in names where !name.hasPrefix(".") {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(
        atPath: url.appending(path: name).path, isDirectory: &isFolder)
      if isFolder.boolValue { folders.append(name) } else { files.insert(name) }
    }
    self.files = files
    self.folders = folders.sorted()
  }
}
