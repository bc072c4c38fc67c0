import Foundation

/// The lists of classes in `Data/splits`, as the papers' authors published them.
package enum SplitList {
  /// The lines of a list.
  ///
  /// Lists are looked for under the current folder and under the folder of this package.
  package static func lines(_ name: String) throws -> [String] {
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    let package = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
      url.deletingLastPathComponent()
    }
    let files = [here, package].map { $0.appendingPathComponent("Data/splits/\(name).txt") }
    guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
      throw DataError.missing(
        "the class list \(name).txt", place: files.map(\.path).joined(separator: " or "),
        remedy: "run from the folder of the package")
    }
    do {
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    } catch {
      throw DataError.unreadable(
        file: file.path, reason: (error as NSError).localizedDescription,
        remedy: "Check the file and its permissions, or restore it from the repository")
    }
  }
}
