import Claims
import Foundation
import TestSupport
import Testing

@testable import Refigure

/// Files that are no picture of ours are named with what to do.
struct PicturedFigureTests {
  private func complaint(about content: String) throws -> String {
    let folder = try TemporaryFolder()
    try folder.write(Array(content.utf8), to: "x.json")
    let file = folder.url.appending(path: "x.json")
    let error = #expect(throws: (any Error).self) { try PicturedFigure(file.path) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(file.path))
    return "\(error.map { "\($0)" } ?? "")"
  }

  @Test func resultsAreNoPicture() throws {
    #expect(try complaint(about: "{\"figure\": \"fig5-coherence\"}").contains("is no PNG"))
  }

  /// The small pictures of the repository leave what made them to the results that they are of.
  @Test func aSmallPictureSaysWhereItsResultsAre() throws {
    let root = try DataFolder.located().url.deletingLastPathComponent()
    let file = root.appending(path: "\(KeptPicture.folder)/published/fig5-coherence.png")
    #expect {
      try PicturedFigure(file.path)
    } throws: {
      "\($0)".hasSuffix(
        "swift run fig5-coherence --render Data/results/published/fig5-coherence.json")
    }
  }

  @Test func aMissingFileIsNamed() {
    #expect {
      try PicturedFigure("/nowhere/fig5-coherence.png")
    } throws: {
      "\($0)".contains("cannot read /nowhere/fig5-coherence.png")
    }
  }
}
