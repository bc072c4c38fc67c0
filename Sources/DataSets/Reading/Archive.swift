import Foundation
import Processes

/// A zip file, read through the system's `unzip` without writing anything to disk.
struct ZipArchive {
  let url: URL

  /// The files whose names end as given, with their content, in the archive's order.
  ///
  /// - Throws: ``DataError`` if `unzip` is missing or finds the archive damaged.
  func pngs() throws -> [(name: String, bytes: [UInt8])] {
    let names = String(decoding: try run(["-Z1", url.path, "*.png"]), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    // The archive's files come as one stream; PNGs say themselves where they end.
    let files = try PNGStream(bytes: try run(["-p", url.path, "*.png"])).files()
    guard files.count == names.count else {
      throw damaged("it lists \(names.count) images but yields \(files.count)")
    }
    return zip(names, files).map { ($0, Array($1)) }
  }

  private func damaged(_ reason: String) -> DataError {
    .unreadable(
      file: url.path, reason: reason,
      remedy: "The download may be incomplete: fetch the file again and compare its checksum "
        + "with Data/sources.json")
  }

  private func run(_ arguments: [String]) throws -> [UInt8] {
    let process = ChildProcess(
      try ZipArchive.tool(), arguments, output: .collected, errors: .collected)
    let outcome = try process.run()
    guard outcome.code == 0 else {
      let text = String(decoding: outcome.errors, as: UTF8.self)
      let line = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        // The first line in brackets is the file's name.
        .first { !$0.isEmpty && !$0.hasPrefix("[") }
      throw damaged("unzip stopped with code \(outcome.code): \(line ?? "no reason given")")
    }
    return [UInt8](outcome.output)
  }

  private static func tool() throws -> URL {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
      .split(separator: ":")
    let tool = folders.map { URL(fileURLWithPath: String($0)).appendingPathComponent("unzip") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let tool else {
      throw DataError.toolMissing(
        "unzip", remedy: "install it (apt install unzip), or unpack the archives by hand")
    }
    return tool
  }
}

/// PNG files laid one after another.
private struct PNGStream {
  let bytes: [UInt8]

  func files() throws -> [ArraySlice<UInt8>] {
    var files: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      var place = start + 8
      var isLast = false
      while !isLast, place + 12 <= bytes.count {
        let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
        isLast = bytes[place + 4..<place + 8].elementsEqual("IEND".utf8)
        place += 12 + length
      }
      guard isLast, place <= bytes.count else { return files }
      files.append(bytes[start..<place])
      start = place
    }
    return files
  }
}
