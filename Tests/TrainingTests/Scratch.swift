import Experiments
import Foundation

/// A store in a folder of its own, gone with the test.
final class Scratch {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "refigure-training-\(UUID().uuidString)")

  func store(workers: Int = 1) -> RunStore {
    RunStore(folder: folder, workers: workers, progress: .silent)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
