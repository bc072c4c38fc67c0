import Foundation

/// The package's `Data` folder, found from any working directory.
public struct DataFolder: Equatable, Sendable {
  /// The folder itself.
  public let url: URL

  /// A folder known to be the right one.
  public init(at url: URL) { self.url = url }

  /// The first `Data` folder with a `papers` folder in it, above the working directory or above
  /// the executable.
  ///
  /// - Parameter starts: Where to begin walking up.
  /// - Returns: The folder.
  /// - Throws: ``DataFolderError`` with the places where it was looked for.
  public static func located(
    from starts: [URL] = DataFolder.defaultStarts
  ) throws(DataFolderError) -> DataFolder {
    for start in starts {
      var folder = start.standardizedFileURL.resolvingSymlinksInPath()
      while true {
        let candidate = folder.appending(path: "Data", directoryHint: .isDirectory)
        var isFolder: ObjCBool = false
        let papers = candidate.appending(path: "papers").path
        if FileManager.default.fileExists(atPath: papers, isDirectory: &isFolder),
          isFolder.boolValue
        {
          return DataFolder(at: candidate)
        }
        let parent = folder.deletingLastPathComponent()
        guard parent.path.count < folder.path.count else { break }
        folder = parent
      }
    }
    throw .notFound(above: starts.map(\.path))
  }

  /// The working directory, then the folder of the executable.
  public static var defaultStarts: [URL] {
    let workingDirectory = URL(
      filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
    let executable = Bundle.main.executableURL?.deletingLastPathComponent()
    return [workingDirectory] + [executable].compactMap { $0 }
  }
}

/// Why the `Data` folder could not be used.
public enum DataFolderError: Error, Equatable, CustomStringConvertible {
  /// No folder above these has it.
  case notFound(above: [String])

  /// What was looked for, where, and what to do.
  public var description: String {
    switch self {
    case .notFound(let folders):
      "no Data/papers folder in or above \(folders.joined(separator: " or ")); "
        + "run from inside the package's folder"
    }
  }
}
