import Experiments
import Claims
import Foundation
import Reproduction

/// The figures as they lie in the package's sources: `Figures/<paper>/<figure>`.
enum FigureSources {
  /// Their names; none where the package's folder is not here, as beside installed executables.
  static func names() throws -> Set<String> {
    // Where there are no sources every figure that exists is an executable.
    guard let data = try? DataFolder.located() else { return [] }
    return try names(in: data.url.deletingLastPathComponent())
  }

  /// Their names in a package's folder; none where it has no figures.
  static func names(in package: URL) throws -> Set<String> {
    let folder = package.appending(path: "Figures")
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    let papers = try folder.namesInFolder().filter { !$0.contains(".") }
    let names = try papers.flatMap { paper in
      try folder.appending(path: paper).namesInFolder()
    }
    return Set(names.filter(FigureExecutable.isName))
  }
}
