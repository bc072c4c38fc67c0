import Experiments
import TestSupport

/// A store in a folder of its own, gone with the test.
final class Scratch {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func store(workers: Int = 1) -> RunStore {
    RunStore(folder: folder.url, workers: workers, progress: .silent)
  }
}
