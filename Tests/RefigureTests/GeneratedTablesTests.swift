import Claims
import Experiments
import Foundation
import Reproduction
import Testing

@testable import Refigure

/// The generated tables, and the picture of the README, say what the kept results say.
struct GeneratedTablesTests {
  private static func data() throws -> DataFolder { try DataFolder.located() }

  @Test func noSettingHasAnEmptyPart() throws {
    let tables = try GeneratedTables(data: Self.data(), figures: FigureExecutable.named([])).byName
    let commands = try #require(tables["commands"])
    #expect(commands.contains("(standard)") && commands.contains("(standard, "))
    for (name, table) in tables { #expect(!table.contains(", )"), "\(name)") }
  }

  /// The README's picture was drawn from the results that are kept.
  @Test func theReadmesPictureIsThatOfTheResults() throws {
    let data = try Self.data()
    let path = data.url.deletingLastPathComponent()
      .appending(path: "Documentation/fig5-coherence.png").path
    let picture = try PicturedFigure(path)
    let kept = try FigureSummary.read(
      ResultsFolder(in: data).file(of: "fig5-coherence", Budget.standard.rawValue))
    #expect(picture.provenance == kept.provenance)
    #expect(picture.claims == kept.claims)
  }
}
