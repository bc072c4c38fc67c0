import Foundation

/// The folder of the package, found from wherever a figure is started.
package enum ProjectFolder {
  /// The nearest folder that holds a `Package.swift`, from the given one upwards.
  package static func containing(_ folder: URL) -> URL? {
    var folder = folder.standardizedFileURL
    while true {
      if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
        return folder
      }
      let parent = folder.deletingLastPathComponent().standardizedFileURL
      guard parent.path != folder.path, folder.path != "/" else { return nil }
      folder = parent
    }
  }

  /// Where results go by default: `Output` in the package around the working directory, else there.
  package static func output(from workingDirectory: URL) -> URL {
    (containing(workingDirectory) ?? workingDirectory).appending(path: "Output")
  }
}
