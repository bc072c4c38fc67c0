import Testing

@testable import Plotting

struct LabelTests {
  private func pieces(_ text: String) -> [Label.Piece] {
    Label(text, Font(size: 8)).lines.flatMap(\.self)
  }

  @Test func readsScriptsAndAccents() {
    #expect(
      pieces("E[\\tilde{θ}_i^{s}]") == [
        .init(text: "E[", kind: .base), .init(text: "θ", kind: .accented("\u{02DC}")),
        .init(text: "i", kind: .lowered), .init(text: "s", kind: .raised),
        .init(text: "]", kind: .base),
      ])
    #expect(
      pieces("λ_{max}") == [
        .init(text: "λ", kind: .base), .init(text: "max", kind: .lowered),
      ])
  }

  @Test func lowersCapitalsTogether() {
    #expect(
      pieces("with R_FC, 2") == [
        .init(text: "with R", kind: .base), .init(text: "FC", kind: .lowered),
        .init(text: ", 2", kind: .base),
      ])
  }

  @Test(arguments: [
    "R_FCa", "R_FC2", "MR_FC", "mini_imagenet", "a_", "x_1y", "images_background_small1", "{a} ^ b",
    "^", "",
  ])
  func leavesNamesAlone(_ text: String) {
    #expect(pieces(text).map(\.kind).allSatisfy { $0 == .base })
    #expect(pieces(text).map(\.text).joined() == text)
  }

  @Test func scriptsOfOneBaseStandAboveEachOther() {
    let runs = Label("θ_i^{ss}x", Font(size: 10)).typeset(on: SceneCanvas()).lines[0]
    #expect(runs.count == 4)
    #expect(runs[1].x == runs[2].x && runs[1].y > 0 && runs[2].y < 0)
    // The wider of both decides where the line goes on.
    #expect(abs(runs[3].x - (runs[2].x + 2 * 7.2 * 0.6)) < 1e-9)
  }

  @Test func wrapsAtSpacesOnly() {
    let label = SceneCanvas().wrapped("one two threeandmore four", to: 50) {
      Label($0, Font(size: 10))
    }
    #expect(label.source == "one two\nthreeandmore\nfour")
  }
}
