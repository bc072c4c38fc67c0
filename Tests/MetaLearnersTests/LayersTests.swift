import MetaLearners
import Testing

struct LayersTests {
  static let names = ["block1/filter", "block1/shift", "block10/filter", "head/weight"]

  @Test(arguments: [
    (Layers.all, names),
    (.head, ["head/weight"]),
    (.only(["block1", "head"]), ["block1/filter", "block1/shift", "head/weight"]),
    (.except(["shift"]), ["block1/filter", "block10/filter", "head/weight"]),
    (.only([]), []),
  ])
  func nameGroupsByPartsOfTheirPaths(layers: Layers, expected: [String]) {
    #expect(Self.names.filter(layers.contains) == expected)
  }
}
