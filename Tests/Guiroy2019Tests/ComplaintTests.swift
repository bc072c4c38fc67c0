import Foundation
import Testing

@testable import fig5_coherence

/// One clear line, the right exit code, and nothing half done.
struct ComplaintTests {
  private let figure: CommandLine<Fig5Coherence>

  init() throws { figure = try CommandLine() }

  private func expectComplaint(_ words: String...) {
    for word in words { #expect(figure.errors.contains(word), "\(figure.errors)") }
    #expect(figure.errors.hasPrefix("error: ") && figure.errors.count { $0 == "\n" } == 1)
    #expect(
      !FileManager.default.fileExists(
        atPath: figure.folder.appending(path: "figures/fig5-coherence.json").path))
  }

  @Test func ofUnknownData() async {
    #expect(await figure.run("--data", "imagenet") == 2)
    expectComplaint("--data imagenet", "stand-ins", "mini-imagenet")
  }

  @Test func ofUnknownPresetsAndFlags() async {
    #expect(await figure.run("--preset", "fast") == 2)
    expectComplaint("--preset fast", "yardstick")
    #expect(await figure.run("--epochs", "3") == 2)
    expectComplaint("--epochs")
  }

  @Test func ofNumbersOutOfRange() async {
    for (flag, value) in [
      ("--seeds", "0"), ("--seeds", "-3"), ("--seeds", "many"), ("--seed", "-1"),
      ("--seed", "18446744073709551615"), ("--threads", "0"), ("--threads", "-1"),
    ] {
      #expect(await figure.run(flag, value, "--budget", "smoke") == 2)
      expectComplaint(flag, value)
    }
    #expect(await figure.run("--run", "-1", "--budget", "smoke") == 2)
    expectComplaint("no run -1", "--list-runs")
  }

  @Test func ofNoFormat() async {
    for list in ["", "png,", "gif"] {
      #expect(await figure.run("--format", list, "--budget", "smoke") == 2)
      expectComplaint("--format", "png, pdf, svg")
    }
  }

  @Test func ofResultsThatAreNotThere() async {
    #expect(await figure.run("--judge", "/nowhere/results.json") == 1)
    expectComplaint("/nowhere/results.json", "cannot be read")
  }

  @Test func ofAPlaceWithoutData() async {
    #expect(await figure.run("--budget", "smoke", "--data-root", figure.folder.path) == 2)
    expectComplaint("--data-root", "--data")
  }

  @Test func ofDataWithoutPlace() async {
    #expect(await figure.run("--data", "omniglot") == 3)
    expectComplaint("--data-root")
    #expect(await figure.run("--data", "omniglot", "--data-root", "/nowhere/at/all") == 2)
    expectComplaint("/nowhere/at/all")
  }

  @Test func ofAFolderWithoutData() async {
    #expect(await figure.run("--data", "omniglot", "--data-root", figure.folder.path) == 3)
    expectComplaint("images_background", figure.folder.path)
    #expect(await figure.run("--data", "mini-imagenet", "--data-root", figure.folder.path) == 3)
    expectComplaint("mini-ImageNet", figure.folder.path)
  }

  @Test func ofATruncatedArchive() async throws {
    for name in ["small1", "small2"] {
      try Data("PK\u{3}\u{4}not all of it".utf8)
        .write(to: figure.folder.appending(path: "images_background_\(name).zip"))
    }
    #expect(
      await figure.run(
        "--preset", "yardstick", "--data", "omniglot", "--data-root", figure.folder.path)
        == 1)
    expectComplaint("images_background_small", ".zip")
  }

  @Test func ofAPlaceThatCannotBeWritten() async throws {
    let file = figure.folder.appending(path: "a file")
    try Data().write(to: file)
    #expect(await figure.run("--budget", "smoke", output: file.path) == 1)
    expectComplaint(file.path)
  }
}
