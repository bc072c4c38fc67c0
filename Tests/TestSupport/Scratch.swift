import Experiments

/// A store in a folder of its own, gone with the test.
package final class Scratch {
  private let folder: TemporaryFolder

  package init() throws { folder = try TemporaryFolder() }

  package func store(workers: Int = 1) -> RunStore {
    RunStore(folder: folder.url, workers: workers, progress: .silent)
  }
}
