import Claims
import Experiments
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import Refigure

/// What goes into an archive; `Tests/Conventions/validate` asks the field's validators.
struct ResearchCrateTests {
  private func bundle(revision: CodeRevision? = nil) throws -> ResearchCrate {
    let data = try DataFolder.located()
    let figures = try FigureExecutable.named(["fig5-coherence"])
    let kept = try KeptFigure.all(of: figures, in: data, dataRoot: nil)
    return try ResearchCrate(
      kept: kept.values.flatMap(\.self), descriptions: figures.map(\.description),
      report: "<p>report</p>", revision: revision, date: "2026-11-26")
  }

  @Test func aBrokenCloneIsNotTakenForNone() throws {
    let folder = try TemporaryFolder()
    #expect(try CodeRevision(of: folder.url) == nil)
    try folder.write(Array("nothing".utf8), to: ".git")
    let error = #expect(throws: FigureError.self) { try CodeRevision(of: folder.url) }
    #expect(error?.description.contains("git does not tell") == true)
  }

  @Test func everyFileHasItsSumAndItsPlace() throws {
    let folder = try TemporaryFolder()
    let bundle = try bundle()
    try bundle.write(to: folder.url)
    let answer = try Child.output(
      of: URL(filePath: "/bin/sh"),
      [
        "-c",
        "cd '\(folder.url.path)' && sha256sum --check --quiet SHA256SUMS && find . -type f | wc -l",
      ])
    #expect(answer.code == 0)
    let files = try bundle.files
    #expect(answer.output.trimmingCharacters(in: .whitespacesAndNewlines) == "\(files.count)")

    let metadata = try #require(files.first { $0.path == "ro-crate-metadata.json" })
    let crate = try #require(
      try JSONSerialization.jsonObject(with: metadata.bytes) as? [String: Any])
    let graph = try #require(crate["@graph"] as? [[String: Any]])
    let ids = graph.compactMap { $0["@id"] as? String }
    #expect(Set(ids).count == ids.count && ids.count == graph.count)
    let root = try #require(graph.first { $0["@id"] as? String == "./" })
    let parts = try #require(root["hasPart"] as? [[String: String]]).compactMap { $0["@id"] }
    #expect(
      Set(parts)
        == Set(files.map(\.path)).subtracting(["ro-crate-metadata.json", "SHA256SUMS"]))
    for part in parts { #expect(ids.contains(part)) }
    // Nothing that nobody knows is said.
    let text = String(decoding: metadata.bytes, as: UTF8.self)
    for word in ["startTime", "endTime", "commit", "identifier"] { #expect(!text.contains(word)) }
  }

  @Test func madeTwiceItHasTheSameBytes() throws {
    let revision = CodeRevision(commit: "abc", isChanged: true, date: "2026-11-26")
    let first = try bundle(revision: revision).files
    let second = try bundle(revision: revision).files
    #expect(first.map(\.bytes) == second.map(\.bytes))
    let metadata = try #require(first.first { $0.path == "ro-crate-metadata.json" })
    #expect(String(decoding: metadata.bytes, as: UTF8.self).contains("commit abc, changed since"))
  }

  @Test func aFolderThatIsNotEmptyIsLeftAlone() throws {
    let suite = try FakeSuite()
    let answer = try suite.refigure("bundle .")
    #expect(answer.code == 2)
    #expect(answer.complaints.contains("is not empty"))
    #expect(try suite.refigure("bundle new --date yesterday").code == 2)
  }
}
