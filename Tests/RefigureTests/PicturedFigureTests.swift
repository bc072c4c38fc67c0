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

  @Test func aMissingFileIsNamed() {
    #expect {
      try PicturedFigure("/nowhere/fig5-coherence.png")
    } throws: {
      "\($0)".contains("cannot read /nowhere/fig5-coherence.png")
    }
  }
}
