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
    let folder = data.url.deletingLastPathComponent().appending(path: "Figures")
    let papers = try folder.namesInFolder().filter { !$0.contains(".") }
    let names = try papers.flatMap { paper in
      try folder.appending(path: paper).namesInFolder()
    }
    return Set(names.filter(FigureExecutable.isName))
  }
}
