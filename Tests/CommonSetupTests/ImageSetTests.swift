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
}
