import Foundation
import TestSupport
import Testing

@testable import Refigure

struct GeneratedPageTests {
  private func page(_ text: String) throws -> GeneratedPage {
    let folder = try TemporaryFolder()
    try folder.write(Array(text.utf8), to: "page.md")
    return try GeneratedPage(folder.url.appending(path: "page.md"))
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
