import Claims
import Execution
import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// What holds for all figures together, as they lie beside the tests.
@Suite(.serialized)
struct SuiteTests {
  private static let figures = Result { try FigureExecutable.named([]) }
  private static let names = (try? figures.get().map(\.name)) ?? []

  // Without names nothing would be tested; this test then says why.
  @Test func everyFolderOfAFigureHasItsExecutable() throws {
    let root = try DataFolder.located().url.deletingLastPathComponent()
    let folders = try FileManager.default.subpathsOfDirectory(
      atPath: root.appending(path: "Figures").path
    ).filter { $0.wholeMatch(of: /[A-Za-z0-9]+\/(fig|table|theorem)[^\/]*/) != nil }
    #expect(
      try folders.sorted()
        == Self.figures.get().map { "\($0.description.paper)/\($0.name)" }.sorted())
  }

  @Test(arguments: names)
  func aFigureIsHeldToItsGoldenValues(name: String) throws {
    let folder = try TemporaryFolder()
    let answer = try Child.output(
      of: FigureExecutable(named: name).url,
      ["--budget", "smoke", "--golden", "check", "--quiet", "--output", folder.url.path])
    #expect(answer.code == 0, "\(answer.output)")
  }

  /// A figure of every paper, with the kernels of other processors.
  @Test(arguments: ["fig5-coherence", "table3-rfc"], ["Prescott", "Haswell", "SkylakeX"])
  func otherKernelsStayWithinTheTolerances(name: String, kernels: String) throws {
    let features = KernelSet.processorFeatures()
    guard kernels != "SkylakeX" || features.contains("avx512bw") else { return }
    let folder = try TemporaryFolder()
    let answer = try Child.output(
      of: FigureExecutable(named: name).url,
      ["--budget", "smoke", "--golden", "check", "--quiet", "--output", folder.url.path],
      adding: ["OPENBLAS_CORETYPE": kernels])
    #expect(answer.code == 0, "\(answer.output)")
  }

  @Test func pagesAreCurrent() {
    #expect(RefigureTool.execute(["reproduce", "--check"]) == 0)
  }

  @Test func noVerdictHasChangedInSilence() {
    #expect(RefigureTool.execute(["claims"]) == 0)
  }

  /// A folder or file without a name is never the working directory.
  @Test(arguments: [
    "plan --output", "plan --data-root", "plan --into", "run --output", "check --output",
    "check --junit", "doctor --output", "gc --output", "keep --output", "report --output",
    "report --data-root", "verify --output", "explain x.png --output", "diff a b --output",
    "rerun x.png --output", "rerun x.png --data-root", "claims --junit", "bundle",
    "bundle x --data-root", "gc --data-root", "doctor",
  ])
  func anEmptyNameIsAWrongCommandLine(command: String) {
    #expect(RefigureTool.execute(command.split(separator: " ").map(String.init) + [""]) == 2)
  }

  @Test(arguments: [
    (["plan", "--budget", "smoke"], 0), (["plan", "fig99-nothing"], 2), (["nothing"], 2),
    (["explain", "/nowhere/x.png"], 1), (["diff", "/nowhere/a", "/nowhere/b"], 2),
    (["verify", "--key", "meta-training-0000000000000000"], 2), (["--version"], 0),
  ])
  func exitCodesTell(arguments: [String], code: Int) throws {
    let folder = try TemporaryFolder()
    let output =
      ["plan", "verify", "explain", "diff"].contains(arguments[0])
      ? ["--output", folder.url.path] : []
    #expect(RefigureTool.execute(arguments + output) == Int32(code))
  }
}
