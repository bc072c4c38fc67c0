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
    guard let text = files.lazy.compactMap({ try? String(contentsOf: $0, encoding: .utf8) }).first
    else {
      throw DataError.missing(
        "the class list \(name).txt", place: files.map(\.path).joined(separator: " or "),
        remedy: "run from the folder of the package")
    }
    return text.split(separator: "\n").map(String.init)
  }
}
