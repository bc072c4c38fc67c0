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
  ///
  /// - Throws: ``StorageError``, as everything here does, if a file is there and cannot be read.
  package var state: State {
    get throws(StorageError) {
      switch try SealedFile.state(of: folder.appending(path: "outcome.json")) {
      case .intact: .finished
      case .damaged(let reason): .damaged(reason)
      case .absent: try description == nil ? .absent : .unfinished(epoch: checkpoints.epochs.last)
      }
    }
  }

  /// Whether a process that shares the store is running it now.
  package var isBeingRun: Bool { RunLock.isHeld(folder.appending(path: RunStore.claimName)) }

  /// Why it failed the last time that it was begun, if it did.
  package var failure: String? {
    get throws(StorageError) {
      guard let text = try folder.appending(path: RunStore.failureName).contentIfThere() else {
        return nil
      }
      return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
  }

  /// The canonical JSON of what was run, if it is undamaged.
  package var description: Data? {
    get throws(StorageError) { try content(of: "description.json") }
  }

  /// The canonical JSON of what came of it, if it is undamaged.
  package var outcome: Data? { get throws(StorageError) { try content(of: "outcome.json") } }

  /// The environments that it was run in: more than one if it went on elsewhere.
  package var environments: [[String: String]] {
    get throws(StorageError) {
      guard let content = try content(of: RunStore.environmentName) else { return [] }
      // A list of another form is no list; the one that is written next begins anew.
      return (try? CanonicalJSON.decode([[String: String]].self, from: content)) ?? []
    }
  }

  /// What it took, or its last part if it was interrupted.
  package var cost: RunCost? {
    get throws(StorageError) {
      guard case .intact(let content) = try SealedFile.state(of: costFile) else { return nil }
      // A record of another form tells nothing, which readers take for unknown rather than for none.
      return try? CanonicalJSON.decode(RunCost.self, from: content)
    }
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

  private func content(of name: String) throws(StorageError) -> Data? {
    if case .intact(let content) = try SealedFile.state(of: folder.appending(path: name)) {
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
