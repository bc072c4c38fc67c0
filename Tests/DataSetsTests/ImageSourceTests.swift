import Episodes
import Foundation
import Testing

@testable import DataSets

@Suite struct ImageSourceTests {
  private static let standIns: [ImageSource] = [
    .glyphs(Glyphs(trainClasses: 3, validationClasses: 1, testClasses: 2, drawings: 2)),
    .scenes(Scenes(trainClasses: 3, validationClasses: 1, testClasses: 2, pictures: 2, side: 12)),
    .birds(Birds(trainClasses: 3, validationClasses: 1, testClasses: 2, pictures: 2, side: 12)),
  ]

  private func seeded(_ source: ImageSource, _ seed: Int) -> ImageSource {
    switch source {
    case .glyphs(var glyphs):
      glyphs.seed = seed
      return .glyphs(glyphs)
    case .scenes(var scenes):
      scenes.seed = seed
      return .scenes(scenes)
    case .birds(var birds):
      birds.seed = seed
      return .birds(birds)
    case .published: return source
    }
  }

  @Test(arguments: standIns)
  func aSeedOfDataIsAnotherWorld(source: ImageSource) throws {
    let (zero, one, again) = (
      try source.dataSet(), try seeded(source, 1).dataSet(), try seeded(source, 1).dataSet()
    )
    #expect(one.title == zero.title + ", data seed 1")
    #expect(one.train == again.train && one.train.fingerprint != zero.train.fingerprint)
    let first = zero.train.image(0, of: zero.train.classes[0])
    #expect(one.train.image(0, of: one.train.classes[0]) != first)
    #expect(
      again.train.image(1, of: again.train.classes[2])
        == one.train.image(1, of: one.train.classes[2]))
    // Not a class of one is a class of the other in another part.
    #expect(zero.test.image(0, of: zero.test.classes[0]) != first)
  }

  /// A hundred thousand pictures are known in no time: none of them is drawn.
  @Test func recipesAreKnownWithoutAPicture() throws {
    let start = ContinuousClock.now
    let set = try ImageSource.scenes(
      Scenes(
        trainClasses: 800, validationClasses: 100, testClasses: 100, pictures: 100, side: 84)
    ).dataSet()
    #expect(set.train.count == 80_000 && set.imageShape == [84, 84, 3])
    #expect(set.train.contents.hasPrefix("scenes 1: 800 + 100 + 100 classes of 100, 84×84"))
    #expect(ContinuousClock.now - start < .seconds(2))
  }

  @Test func whatIsEncodedHoldsNoPlaceAndNoPixel() throws {
    let images = try Self.standIns[0].dataSet().train
    let text = String(decoding: try JSONEncoder().encode(images), as: UTF8.self)
    #expect(text.contains(images.fingerprint) && text.contains("glyphs"))
    #expect(text.utf8.count < 200)
  }

  @Test(arguments: ImageSet.published)
  func setsAreKnownByTheirNames(set: ImageSet) throws {
    #expect(ImageSet.named(set.name) == set)
    #expect(
      try JSONDecoder().decode(ImageSet.self, from: JSONEncoder().encode(set)) == set)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ImageSet].self, from: Data(#"["\#(set.name)?"]"#.utf8))
    }
    let names = try set.lists.names()
    #expect(Set(names).count == names.count)
    for archive in set.archives {
      for ending in [".zip", ".tar.gz", ".TGZ", ".tar"] {
        #expect(ImageSet.archived(in: archive + ending) == archive)
      }
      #expect(ImageSet.archived(in: archive + ".txt") == nil)
    }
  }
}
