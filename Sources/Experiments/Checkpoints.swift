import Foundation

/// What a run has saved after each epoch: named pieces of bytes, each with its checksum.
///
/// ```
/// checkpoints/epoch-000012/manifest.json          the pieces' names, sizes and checksums
///                          weights.safetensors    a piece under the name it was saved with
/// ```
///
/// An epoch's folder appears by one rename when all of it is on the disk, so a process that is
/// killed loses at most the epoch under way.
public struct Checkpoints: Sendable {
  /// The folder that holds the epochs.
  public let folder: URL
  private let warn: @Sendable (String) -> Void

  /// The checkpoints in a folder, which is made by the first one saved.
  public init(folder: URL, warn: @escaping @Sendable (String) -> Void) {
    self.folder = folder
    self.warn = warn
  }

  /// The epochs that have a checkpoint, ascending; their content is not looked at.
  ///
  /// - Throws: ``StorageError`` if their folder is there but cannot be read.
  public var epochs: [Int] {
    get throws(StorageError) {
      try folder.namesInFolder().compactMap(Self.epoch(ofFolder:)).sorted()
    }
  }

  /// Saves pieces under the number of epochs done, replacing what was there.
  ///
  /// - Parameters:
  ///   - pieces: Bytes by file name, such as `weights.safetensors`.
  ///   - epoch: The number of epochs done.
  /// - Throws: ``StorageError``; the earlier checkpoints are then untouched.
  public func save(_ pieces: [String: Data], afterEpoch epoch: Int) throws {
    for name in pieces.keys {
      precondition(
        !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && name != Manifest.fileName,
        "“\(name)” cannot be the name of a piece")
    }
    try AtomicFile.makeFolder(folder)
    AtomicFile.removeLeftovers(in: folder)
    let destination = folder(ofEpoch: epoch)
    let temporary = folder.appending(
      path: TemporaryFile.name(for: destination.lastPathComponent))
    do {
      try AtomicFile.makeFolder(temporary)
      for (name, bytes) in pieces {
        try AtomicFile.writeAndFlush(bytes, to: temporary.appending(path: name))
      }
      try write(Manifest(pieces), into: temporary)
      if try destination.isThere() { try FileManager.default.removeItem(at: destination) }
      try AtomicFile.rename(temporary, to: destination)
    } catch {
      // The error is told; what stays is a leftover for the next run to delete.
      try? FileManager.default.removeItem(at: temporary)
      if let error = error as? StorageError { throw StorageError(error, writing: destination) }
      throw error
    }
    try AtomicFile.flush(folder: folder)
  }

  /// The checkpoint after an epoch, every piece checked.
  ///
  /// - Throws: ``RunError/checkpoint(path:problem:)`` if it is absent or damaged; ``StorageError`` if
  ///   it cannot be read.
  public func load(epoch: Int) throws -> Checkpoint {
    let folder = folder(ofEpoch: epoch)
    var pieces: [String: Data] = [:]
    for (name, digest) in try manifest(in: folder).digests {
      let file = folder.appending(path: name)
      guard let bytes = try file.contentIfThere() else {
        throw RunError.checkpoint(path: file.path, problem: "is missing")
      }
      guard sha256(bytes) == digest else {
        throw RunError.checkpoint(path: file.path, problem: "does not match its checksum")
      }
      pieces[name] = bytes
    }
    return Checkpoint(epoch: epoch, pieces: pieces)
  }

  /// The checkpoint after an epoch, or nothing if it is absent or damaged and has to be made again.
  func loadIfIntact(epoch: Int) throws -> Checkpoint? {
    do { return try load(epoch: epoch) } catch is RunError { return nil }
  }

  /// The newest undamaged checkpoint that has the named pieces, or nothing; where to resume.
  ///
  /// Damaged ones are reported and moved aside.
  public func latest(with names: Set<String> = []) throws -> Checkpoint? {
    for epoch in try epochs.reversed() {
      do {
        let checkpoint = try load(epoch: epoch)
        if names.isSubset(of: checkpoint.pieces.keys) { return checkpoint }
      } catch let error as RunError {
        let aside = try AtomicFile.moveAside(folder(ofEpoch: epoch))
        warn("\(error); moved to \(aside), going on from the one before")
      }
    }
    return nil
  }

  /// Deletes one piece from all checkpoints before an epoch.
  ///
  /// Only the last few need what a run resumes with but nobody else reads, such as the state of
  /// an optimizer.
  public func drop(_ name: String, beforeEpoch end: Int) throws {
    for epoch in try epochs where epoch < end {
      let folder = folder(ofEpoch: epoch)
      // What is damaged or cannot be read stays for whoever loads it, and reports it.
      guard var manifest = try? manifest(in: folder), manifest.digests[name] != nil else {
        continue
      }
      // First the manifest: a piece that is not in it is as good as deleted.
      manifest.digests[name] = nil
      try write(manifest, into: folder)
      try FileManager.default.removeItem(at: folder.appending(path: name))
    }
  }

  /// Deletes what a process that was killed has left half written or half deleted; whoever is about
  /// to go on calls it.
  func removeLeftovers() throws {
    AtomicFile.removeLeftovers(in: folder)
    for folder in try epochs.map(folder(ofEpoch:)) {
      AtomicFile.removeLeftovers(in: folder)
      // What is damaged or cannot be read stays for whoever loads it, and reports it.
      guard let manifest = try? manifest(in: folder) else { continue }
      for name in try folder.namesInFolder()
      where name != Manifest.fileName && manifest.digests[name] == nil {
        // A rest that stays takes space and nothing else.
        try? FileManager.default.removeItem(at: folder.appending(path: name))
      }
    }
  }

  /// Deletes an epoch and all later ones, so that a run goes on from before it.
  func removeAll(since first: Int) throws {
    // The newest go first: whenever this is stopped, what is left has no gap.
    for epoch in try epochs.reversed() where epoch >= first {
      try FileManager.default.removeItem(at: folder(ofEpoch: epoch))
    }
  }

  private func folder(ofEpoch epoch: Int) -> URL {
    precondition(0...999_999 ~= epoch, "there is no epoch \(epoch)")
    return folder.appending(path: "epoch-" + String(1_000_000 + epoch).dropFirst())
  }

  private static func epoch(ofFolder name: String) -> Int? {
    guard name.wholeMatch(of: /epoch-[0-9]{6}/) != nil else { return nil }
    return Int(name.dropFirst("epoch-".count))
  }

  private func write(_ manifest: Manifest, into folder: URL) throws {
    try SealedFile.write(
      try CanonicalJSON.encode(manifest), to: folder.appending(path: Manifest.fileName))
  }

  private func manifest(in folder: URL) throws -> Manifest {
    let file = folder.appending(path: Manifest.fileName)
    switch try SealedFile.state(of: file) {
    case .absent: throw RunError.checkpoint(path: folder.path, problem: "is not there")
    case .damaged(let problem):
      throw RunError.checkpoint(path: folder.path, problem: "has a damaged manifest: \(problem)")
    case .intact(let content):
      do { return try CanonicalJSON.decode(Manifest.self, from: content) } catch {
        throw RunError.checkpoint(path: folder.path, problem: "has a manifest of another form")
      }
    }
  }
}

/// What a run had saved after an epoch.
public struct Checkpoint: Equatable, Sendable {
  /// The number of epochs done.
  public let epoch: Int
  /// The saved bytes by file name.
  public let pieces: [String: Data]
}

private struct Manifest: Codable {
  static let fileName = "manifest.json"
  var digests: [String: String]

  init(_ pieces: [String: Data]) { digests = pieces.mapValues { sha256($0) } }
}
