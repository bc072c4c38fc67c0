import Episodes
import Foundation
import Reproduction
import TestSupport
import Testing

@testable import CommonSetup

struct ImageSetTests {
  @Test(arguments: ImageSet.allCases)
  func publishedImagesNeedAPlace(set: ImageSet) {
    #expect {
      try set.published(FigureOptions(), side: 28)
    } throws: {
      "\($0)".contains("--data-root") && "\($0)".contains(set.title)
    }
  }

  /// The root itself is looked into, unless there is a folder in it that is called as the set.
  @Test(arguments: zip(ImageSet.allCases, ["omniglot", "cifar-fs", "mini-imagenet"]))
  func theSetsOwnFolderGoesFirst(set: ImageSet, name: String) throws {
    let temporary = try TemporaryFolder()
    let root = temporary.url
    let own = root.appending(path: name)
    for folder in [root, own] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      #expect {
        try set.published(FigureOptions(dataRoot: root), side: 28)
      } throws: {
        $0 is DataError && "\($0)".contains(folder.lastPathComponent)
      }
    }
  }
}
