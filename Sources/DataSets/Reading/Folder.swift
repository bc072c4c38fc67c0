import Foundation

/// A folder of a data set, on disk or packed, listed in an order that does not depend on the file
/// system; links are followed.
///
/// A known archive counts as the folder that it holds.
final class Folder {
  let name: String
  /// What messages call it.
  let path: String
  /// The archive that it lies in, or is.
  let archive: String?
  private let list: () throws -> Listing
  private var known: Listing?

  struct Listing {
    var folders: [Folder] = []
    var files: [DataFile] = []
    var identity: FileIdentity?
  }

  private init(
    name: String, path: String, archive: String?, list: @escaping () throws -> Listing
  ) {
    self.name = name
    self.path = path
    self.archive = archive
    self.list = list
  }

  /// A folder on disk.
  ///
  /// Every folder that is looked into is told to the trail.
  convenience init(at path: String, trail: Trail) {
    self.init(name: (path as NSString).lastPathComponent, path: path, archive: nil) {
      trail.folders.insert(path)
      return try Self.listing(at: path, trail: trail)
    }
  }

  /// The contents, looked at once.
  ///
  /// - Throws: ``DataError`` if the folder cannot be read, or the archive is damaged.
  func listing() throws -> Listing {
    if let known { return known }
    let listing = try list()
    known = listing
    return listing
  }

  /// The folders inside, by name.
  var folders: [Folder] { get throws { try listing().folders } }
  /// The files inside, by name.
  var files: [DataFile] { get throws { try listing().files } }
  /// The images inside, by name.
  var images: [DataFile] { get throws { try files.filter(\.isImage) } }

  /// The folder of a name inside.
  func folder(_ name: String) throws -> Folder? { try folders.first { $0.name == name } }
  /// The file of a name inside.
  func file(_ name: String) throws -> DataFile? { try files.first { $0.name == name } }

  /// What "extract all" wrapped into a second folder of the same name, or an archive into a first.
  func unwrapped() throws -> Folder {
    let listing = try listing()
    guard listing.folders.count == 1, listing.files.isEmpty,
      archive == path || listing.folders[0].name == name
    else { return self }
    return try listing.folders[0].unwrapped()
  }

  private static func listing(at path: String, trail: Trail) throws -> Listing {
    var listing = Listing()
    let entries = try DirectoryEntry.all(in: path)
    listing.identity = DirectoryEntry.identity(of: path)
    let folderNames = Set(entries.lazy.filter { $0.kind == .folder }.map(\.name))
    for entry in entries {
      let own = path + "/" + entry.name
      switch entry.kind {
      case .folder: listing.folders.append(Folder(at: own, trail: trail))
      case .file:
        if let held = ImageSet.archived(in: entry.name) {
          // What is unpacked beside its archive is what its owner looks at.
          if !folderNames.contains(held) {
            listing.folders.append(Folder(archive: own, holding: held))
          }
        } else {
          listing.files.append(
            DataFile(
              name: entry.name, path: own, place: .disk, size: entry.size,
              identity: entry.links == 1 ? entry.identity : nil))
        }
      case .other: continue
      }
    }
    listing.folders.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return listing
  }
}

// MARK: Packed

extension Folder {
  /// What an archive holds, as a folder of a name; it is opened when somebody looks into it.
  convenience init(archive: String, holding name: String) {
    self.init(name: name, path: archive, archive: archive) {
      let entries = try Archive(path: archive).entries().map {
        PackedEntry(
          steps: $0.name.split(separator: "/").map(String.init).filter { $0 != "." }[...],
          name: $0.name, size: $0.size)
      }
      return Self.listing(entries, in: archive, path: archive)
    }
  }

  private struct PackedEntry {
    /// The path from the folder that is listed.
    var steps: ArraySlice<String>
    let name: String
    let size: Int
  }

  private static func listing(
    _ entries: [PackedEntry], in archive: String, path: String
  ) -> Listing {
    var listing = Listing()
    var inside: [String: [PackedEntry]] = [:]
    for entry in entries {
      guard let first = entry.steps.first else { continue }
      if entry.steps.count == 1 {
        listing.files.append(
          DataFile(
            name: first, path: "\(archive): \(entry.name)",
            place: .archive(archive, entry: entry.name), size: entry.size, identity: nil))
      } else {
        var deeper = entry
        deeper.steps = entry.steps.dropFirst()
        inside[first, default: []].append(deeper)
      }
    }
    listing.folders = inside.map { name, entries in
      let own = path == archive ? "\(archive): \(name)" : "\(path)/\(name)"
      return Folder(name: name, path: own, archive: archive) {
        Self.listing(entries, in: archive, path: own)
      }
    }
    listing.folders.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    listing.files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return listing
  }
}

/// The folders on disk that a search has looked into.
final class Trail {
  var folders: Set<String> = []
}
