import Foundation

/// What lies in a run's folder, for tools that look at the store without knowing the experiments.
package struct StoredRun: Sendable {
  /// How far the run is.
  package enum State: Equatable, Sendable {
    /// There is no such run.
    case absent
    /// It was begun, and its last checkpoint is this one, if any.
    case unfinished(epoch: Int?)
    /// Its outcome is not as it was written.
    case damaged(String)
    /// Its outcome is stored.
    case finished
  }

  /// The run's name.
  package let key: RunKey
  /// The run's folder.
  package let folder: URL
  private let costFile: URL

  init(key: RunKey, folder: URL, costFile: URL) {
    self.key = key
    self.folder = folder
    self.costFile = costFile
  }

  /// How far the run is.
  package var state: State {
    switch SealedFile.state(of: folder.appending(path: "outcome.json")) {
    case .intact: return .finished
    case .damaged(let reason): return .damaged(reason)
    case .absent:
      guard description != nil else { return .absent }
      do {
        return .unfinished(epoch: try checkpoints.epochs.last)
      } catch {
        return .damaged("\(error)")
      }
    }
  }

  /// Whether a process that shares the store is running it now.
  package var isBeingRun: Bool { RunLock.isHeld(folder.appending(path: RunStore.claimName)) }

  /// Why it failed the last time that it was begun, if it did.
  package var failure: String? {
    FileManager.default.contents(atPath: folder.appending(path: RunStore.failureName).path)
      .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) }
  }

  /// The canonical JSON of what was run, if it is undamaged.
  package var description: Data? { content(of: "description.json") }

  /// The canonical JSON of what came of it, if it is undamaged.
  package var outcome: Data? { content(of: "outcome.json") }

  /// The environments that it was run in: more than one if it went on elsewhere.
  package var environments: [[String: String]] {
    // A list of another form is no list; the one that is written next begins anew.
    content(of: RunStore.environmentName)
      .flatMap { try? CanonicalJSON.decode([[String: String]].self, from: $0) } ?? []
  }

  /// What it took, or its last part if it was interrupted.
  package var cost: RunCost? {
    guard case .intact(let content) = SealedFile.state(of: costFile) else { return nil }
    // A record of another form tells nothing, which readers take for unknown rather than for none.
    return try? CanonicalJSON.decode(RunCost.self, from: content)
  }

  /// Its checkpoints; damaged ones are found when they are loaded.
  package var checkpoints: Checkpoints {
    Checkpoints(folder: folder.appending(path: "checkpoints"), warn: { _ in })
  }

  /// The bytes of all its files.
  package var size: Int { folder.sizeOfFiles }

  /// Files and folders that were moved aside because they were damaged.
  package func damagedRemains() throws -> [URL] {
    try [folder, checkpoints.folder].flatMap { folder in
      try folder.namesInFolder().filter { $0.contains(".damaged-") }.sorted()
        .map { folder.appending(path: $0) }
    }
  }

  private func content(of name: String) -> Data? {
    if case .intact(let content) = SealedFile.state(of: folder.appending(path: name)) {
      content
    } else {
      nil
    }
  }
}

extension RunStore {
  /// What lies in the folder of a run.
  package func stored(_ key: RunKey) -> StoredRun {
    StoredRun(key: key, folder: folder(of: key), costFile: costFile(of: key))
  }
}
