import CArchive
import Foundation
import Reproduction

/// Compression with gzip (RFC 1952), by libarchive.
enum Gzip {
  /// The compressed bytes; without a date, so that equal bytes stay equal.
  ///
  /// - Throws: ``FigureError`` with the library's reason if it cannot.
  static func compressed(_ bytes: Data) throws -> Data {
    // What cannot be made smaller grows by 5 bytes in 16 KiB; and there are a head and a tail.
    var buffer = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1024 + 4096)
    var used = 0
    guard let writer = archive_write_new(), let entry = archive_entry_new() else {
      throw FigureError.failed("there is no memory to compress with")
    }
    defer {
      archive_entry_free(entry)
      archive_write_free(writer)
    }
    func check(_ code: Int32) throws {
      guard code == ARCHIVE_OK else {
        let reason = archive_error_string(writer).map { String(cString: $0) } ?? "libarchive fails"
        throw FigureError.failed("data for the report cannot be compressed: \(reason)")
      }
    }
    try check(archive_write_set_format_raw(writer))
    try check(archive_write_add_filter_gzip(writer))
    try check(archive_write_set_filter_option(writer, "gzip", "compression-level", "9"))
    try check(archive_write_set_filter_option(writer, "gzip", "timestamp", nil))
    // A regular file, as `stat` says it.
    archive_entry_set_filetype(entry, 0o100000)
    try buffer.withUnsafeMutableBytes { buffer in
      try check(archive_write_open_memory(writer, buffer.baseAddress, buffer.count, &used))
      try check(archive_write_header(writer, entry))
      let written = bytes.withUnsafeBytes {
        archive_write_data(writer, $0.baseAddress, $0.count)
      }
      if written != bytes.count { try check(ARCHIVE_FATAL) }
      try check(archive_write_close(writer))
    }
    return Data(buffer.prefix(used))
  }
}
