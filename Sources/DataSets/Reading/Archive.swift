import CArchive

/// A zip or tar file, compressed or not, read through libarchive without writing anything to disk.
struct Archive {
  let path: String

  /// The version of the library that reads archives.
  static var library: String {
    let number = Int(archive_version_number())
    return "\(number / 1_000_000).\(number / 1000 % 1000).\(number % 1000)"
  }

  /// A regular file in the archive.
  struct Entry {
    /// Its path, with `/` between folders.
    let name: String
    let size: Int
  }

  /// The regular files in the archive, without what a Mac or a file browser adds of its own.
  ///
  /// - Throws: ``DataError`` if the archive is damaged.
  func entries() throws -> [Entry] {
    var entries: [Entry] = []
    try walk { entry, _ in entries.append(entry) }
    return entries
  }

  /// Hands over the contents of the named files, in the archive's order.
  ///
  /// - Throws: ``DataError`` if the archive is damaged, and what `body` throws.
  func read(
    _ names: Set<String>, _ body: (_ name: String, _ bytes: [UInt8]) throws -> Void
  ) throws {
    try walk { entry, reader in
      guard names.contains(entry.name) else { return }
      try body(entry.name, try bytes(of: entry, from: reader))
    }
  }

  private func walk(_ visit: (Entry, OpaquePointer) throws -> Void) throws {
    guard let reader = archive_read_new() else { throw damaged("there is no memory to read it") }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_tar(reader)
    // Only with its directory at the end is a zip whole.
    archive_read_support_format_zip_seekable(reader)
    guard archive_read_open_filename(reader, path, 1 << 16) == ARCHIVE_OK else {
      throw damaged(reason(reader))
    }
    while true {
      var entry: OpaquePointer?
      let code = archive_read_next_header(reader, &entry)
      if code == ARCHIVE_EOF { return }
      // A warning is about names that this machine's locale cannot spell.
      guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let entry else {
        throw damaged(reason(reader))
      }
      guard archive_entry_filetype(entry) & 0o170000 == 0o100000 else { continue }
      guard let name = name(of: entry) else {
        throw damaged("it holds a name that is not UTF-8")
      }
      if Self.isForeign(name) { continue }
      try visit(Entry(name: name, size: Int(archive_entry_size(entry))), reader)
    }
  }

  private func name(of entry: OpaquePointer) -> String? {
    if let name = archive_entry_pathname_utf8(entry) { return String(validatingCString: name) }
    return archive_entry_pathname(entry).flatMap { String(validatingCString: $0) }
  }

  /// Whether a file was added by what packed the archive: `__MACOSX/…/._x.png`, `.DS_Store`.
  private static func isForeign(_ name: String) -> Bool {
    name.split(separator: "/").contains { $0 == "__MACOSX" || ($0.hasPrefix(".") && $0 != ".") }
  }

  private func bytes(of entry: Entry, from reader: OpaquePointer) throws -> [UInt8] {
    // A damaged size may ask for all memory: it is believed as far as there are bytes.
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: min(max(entry.size, 1), 1 << 20) + 1)
    while true {
      // The read beyond the last byte compares the checksum.
      let count = archive_read_data(reader, &block, block.count)
      guard count >= 0 else { throw damaged("\(entry.name): \(reason(reader))") }
      if count == 0 { break }
      bytes += block[..<Int(count)]
      guard bytes.count <= entry.size else {
        throw damaged("\(entry.name) is longer than its size says")
      }
    }
    guard bytes.count == entry.size else {
      throw damaged("\(entry.name) ends after \(bytes.count) of \(entry.size) bytes")
    }
    return bytes
  }

  private func reason(_ reader: OpaquePointer) -> String {
    archive_error_string(reader).map { String(cString: $0) } ?? "no reason given"
  }

  private func damaged(_ reason: String) -> DataError {
    .unreadable(
      file: path, reason: reason,
      remedy: "The download may be incomplete: fetch the file again and compare its checksum "
        + "with Data/sources.json")
  }
}
