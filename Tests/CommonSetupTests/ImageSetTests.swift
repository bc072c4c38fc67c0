import Claims
import DataSets
import Episodes
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import CommonSetup

struct ImageSetTests {
  @Test(arguments: ImageSet.published)
  func publishedImagesNeedAPlace(set: ImageSet) {
    #expect {
      try set.published(FigureOptions(), side: 28)
    } throws: {
      "\($0)".contains("--data-root") && "\($0)".contains(set.title)
    }
  }

  @Test(arguments: ImageSet.published)
  func missingDataAreNamedWithTheirPlace(set: ImageSet) throws {
    let root = try TemporaryFolder()
    #expect {
      try set.published(FigureOptions(dataRoot: root.url), side: 28)
    } throws: {
      $0 is DataError && "\($0)".contains(set.title) && "\($0)".contains(root.url.path)
    }
  }

  /// Claims are about a figure's sets, unless the user names one of them: then about that one alone.
  @Test func aSetThatIsNamedAloneIsJudgedAlone() {
    let own: [ImageSet] = [.omniglot, .cifarFS, .miniImageNet]
    #expect(ClaimScope().sets(own) == own)
    #expect(ClaimScope(data: "published").sets(own) == own)
    for set in own { #expect(ClaimScope(data: set.name).sets(own) == [set]) }
    #expect(ClaimScope().title(.omniglot) == "glyphs for Omniglot")
    #expect(ClaimScope(data: "omniglot").title(.omniglot) == "Omniglot")
  }
}
