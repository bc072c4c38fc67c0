import DataSets
import Execution
import Experiments
import Foundation
import Imaging
import Plotting
import Reproduction

/// What the suite is linked with and built by.
enum Libraries {
  static func diagnoses() throws -> [Diagnosis] {
    [
      .fine("refigure", PackageVersion.current),
      .fine("OpenBLAS", KernelSet.libraryVersion),
      .fine("Cairo", DrawingLibrary.cairo),
      .fine("libpng", ImageLibraries.png),
      .fine("libjpeg", "interface \(ImageLibraries.jpeg)"),
      .fine("libarchive", ArchiveLibrary.version),
      try swift(), try font(),
    ]
  }

  private static func swift() throws -> Diagnosis {
    let remedy = "needed to build only; install Swift 6.2 or later from swift.org"
    guard let program = program("swift") else {
      return .poor("Swift", "not found in PATH", remedy: remedy)
    }
    // It leaves an empty folder behind where temporary files go.
    let scratch = ScratchFolder()
    defer { scratch.remove() }
    try AtomicFile.makeFolder(scratch.url)
    let answer = try Child.output(
      of: program, ["--version"], adding: ["TMPDIR": scratch.url.path])
    guard answer.code == 0,
      let line = answer.output.split(separator: "\n").first(where: { $0.contains("version") })
    else {
      return .poor("Swift", "\(program.path) --version fails \(answer.ending)", remedy: remedy)
    }
    return .fine("Swift", String(line))
  }

  private static func font() throws -> Diagnosis {
    let remedy = "install fontconfig and fonts-dejavu-core"
    guard let program = program("fc-match"), let wanted = DrawingLibrary.facts["font"] else {
      return .poor("font", "cannot ask which fonts there are", remedy: remedy)
    }
    let answer = try Child.output(of: program, ["--format", "%{family}", wanted])
    guard answer.code == 0 else {
      return .poor("font", "\(program.path) fails \(answer.ending)", remedy: remedy)
    }
    return answer.output.contains(wanted)
      ? .fine("font", answer.output)
      : .poor(
        "font", "\(answer.output) stands in for \(wanted)",
        remedy: "install fonts-dejavu-core; labels may be cut off otherwise")
  }

  /// A program in the search path.
  private static func program(_ name: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").lazy
      .map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}

extension FigureExecutable {
  static func diagnoses() throws -> [Diagnosis] {
    let (figures, silent) = try all()
    var diagnoses = silent.map {
      Diagnosis.failing($0.name, $0.problem, remedy: "swift build")
    }
    if figures.isEmpty {
      diagnoses.append(
        .failing("figures", "none in \(executableFolder.path)", remedy: "build them: swift build"))
    }
    return diagnoses
      + figures.map { figure in
        .fine(figure.name, "\(figure.description.paper), \(figure.description.title)")
      }
  }
}

extension OutputPlace {
  func diagnoses() throws -> [Diagnosis] {
    let keys = try runs.keys()
    let stored = keys.map { runs.stored($0) }
    let size = stored.reduce(0) { $0 + $1.size }
    var diagnoses = [
      Diagnosis.fine(
        "runs",
        "\(Spoken.count(keys.count, "run")), \(Spoken.bytes(size)) in \(runs.folder.path)")
    ]
    let damaged = try stored.filter { run in
      if case .damaged = try run.state { true } else { try !run.damagedRemains().isEmpty }
    }
    if !damaged.isEmpty {
      diagnoses.append(
        .poor(
          "damage", "\(Spoken.count(damaged.count, "run")) with damaged files",
          remedy: "they are computed anew when needed; see refigure gc"))
    }
    diagnoses.append(space)
    return diagnoses
  }

  private var space: Diagnosis {
    var folder = output
    while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
      folder = folder.deletingLastPathComponent()
    }
    guard FileManager.default.isWritableFile(atPath: folder.path) else {
      return .failing(
        "space", "\(folder.path) is not writable", remedy: "choose another with --output")
    }
    // Nothing is said of space where the system does not tell.
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
    guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.intValue else {
      return .fine("space", "the system does not tell")
    }
    return free < 1_000_000_000
      ? .poor("space", "\(Spoken.bytes(free)) free", remedy: "free some, or see refigure gc")
      : .fine("space", "\(Spoken.bytes(free)) free")
  }
}
