import Foundation
import Testing

@testable import Refigure

struct GeneratedPageTests {
  private func page(_ text: String) throws -> GeneratedPage {
    let file = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID()).md")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try GeneratedPage(file)
  }

  @Test func tablesArePutBetweenTheComments() throws {
    var page = try page("a\n<!-- generated: x -->\nold\n\nolder\n<!-- end -->\nb\n")
    #expect(try page.renew(with: ["x": "new\n"]))
    #expect(page.text == "a\n<!-- generated: x -->\nnew\n<!-- end -->\nb\n")
    #expect(try !page.renew(with: ["x": "new\n"]))
  }

  @Test(arguments: ["<!-- generated: y -->\n<!-- end -->\n", "<!-- generated: x -->\n"])
  func whatCannotBeGeneratedIsAnError(text: String) throws {
    var page = try page(text)
    #expect(throws: (any Error).self) { try page.renew(with: ["x": "new\n"]) }
  }
}
