import Foundation
import TestSupport
import Testing

@testable import Experiments

struct AtomicFileTests {
  @Test func aFileIsReplacedAsAWhole() throws {
    let scratch = try Scratch()
    let file = scratch.folder.appending(path: "a.json")
    try AtomicFile.write(Data("old".utf8), to: file)
    try AtomicFile.write(Data("new".utf8), to: file)
    #expect(try Scratch.files(in: scratch.folder) == ["a.json": Data("new".utf8)])
  }

  @Test func aFileInPlaceOfAFolderIsNamed() async throws {
    let scratch = try Scratch()
    let file = scratch.folder.appending(path: "file")
    try Data().write(to: file)
    let store = RunStore(folder: file.appending(path: "runs"), progress: .silent)
    let error = await #expect(throws: StorageError.self) { try await store.outcome(of: Walk()) }
    let message = try #require(error).description
    #expect(message.contains(file.path))
    #expect(message.contains("Not a directory"))
    #expect(message.contains("--output"))
    #expect(try Scratch.files(in: scratch.folder).keys.sorted() == ["file"])
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let error = #expect(throws: StorageError.self) {
      try AtomicFile.makeFolder(URL(filePath: "/proc/refigure/runs"))
    }
    #expect(try #require(error).path.hasPrefix("/proc/refigure"))
  }

  @Test func aFailedWriteLeavesNothing() throws {
    let scratch = try Scratch()
    // A folder of that name stands where the file should be renamed to.
    let target = scratch.folder.appending(path: "taken")
    try AtomicFile.makeFolder(target.appending(path: "content"))
    #expect(throws: StorageError.self) { try AtomicFile.write(Data("x".utf8), to: target) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path) == ["taken"])
  }

  /// A limit on the size of files is the full disk that every user may have.
  @Test func aFullDiskLeavesNothingAndIsNamed() async throws {
    let scratch = try Scratch()
    let path = scratch.folder.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1000, rlim_max: 1000)
      guard setrlimit(__rlimit_resource_t(1), &limit) == 0 else { exit(1) }
      let file = URL(filePath: path).appending(path: "big")
      do {
        try AtomicFile.write(Data(repeating: 7, count: 5000), to: file)
        exit(2)
      } catch let error as StorageError {
        guard error.path == file.path, error.remedy.contains("free some space") else { exit(3) }
      }
      let checkpoints = Checkpoints(folder: URL(filePath: path).appending(path: "c")) { _ in }
      try checkpoints.save(["small": Data(repeating: 1, count: 10)], afterEpoch: 1)
      do {
        try checkpoints.save(["big": Data(repeating: 7, count: 5000)], afterEpoch: 2)
        exit(4)
      } catch let error as StorageError {
        guard error.path.hasSuffix("/c/epoch-000002") else { exit(6) }
        guard try checkpoints.latest()?.epoch == 1 else { exit(5) }
      }
    }
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: path).sorted() == [
        "c", "c/epoch-000001", "c/epoch-000001/manifest.json", "c/epoch-000001/small",
      ])
  }
}

/// What processes that were killed leave behind.
struct AbandonedFileTests {
  private func names(in folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func whatAKilledProcessLeavesGoesWithTheNextWrite() async throws {
    let scratch = try Scratch()
    let path = scratch.folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let temporary = try TemporaryFile(for: URL(filePath: path).appending(path: "a.json"))
      try temporary.write(Data("half".utf8))
      kill(getpid(), SIGKILL)
    }
    #expect(try names(in: scratch.folder).count == 1)
    #expect(AtomicFile.abandoned(in: scratch.folder).count == 1)
    try AtomicFile.write(Data("whole".utf8), to: scratch.folder.appending(path: "b.json"))
    #expect(try names(in: scratch.folder) == ["b.json"])
  }

  @Test func whatSomebodyIsWritingStays() throws {
    let scratch = try Scratch()
    var temporary: TemporaryFile? = try TemporaryFile(for: scratch.folder.appending(path: "a"))
    try temporary?.write(Data("half".utf8))
    AtomicFile.removeAbandoned(in: scratch.folder)
    #expect(AtomicFile.abandoned(in: scratch.folder).isEmpty)
    #expect(try names(in: scratch.folder).count == 1)
    temporary = nil
    AtomicFile.removeAbandoned(in: scratch.folder)
    #expect(try names(in: scratch.folder).isEmpty)
  }

  @Test func whatIsNotOursStays() throws {
    let scratch = try Scratch()
    for name in [".a.tmp", "a.12-34.tmp", ".a.12-34.txt"] {
      try Data().write(to: scratch.folder.appending(path: name))
    }
    AtomicFile.removeAbandoned(in: scratch.folder)
    #expect(try names(in: scratch.folder).count == 3)
  }

  /// Everybody deletes what is abandoned before writing, and nobody loses a file by it.
  @Test func manyMayWriteIntoOneFolder() async throws {
    let scratch = try Scratch()
    let folder = scratch.folder
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          for turn in 0..<25 {
            try AtomicFile.write(
              Data("\(turn)".utf8), to: folder.appending(path: "\(writer)-\(turn)"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try names(in: folder).count == 200)
  }
}

struct FolderTests {
  /// Each may find that the other has just made what it was about to make.
  @Test func manyMayMakeTheSameFoldersAtOnce() async throws {
    let root = try TemporaryFolder()
    for round in 0..<200 {
      let shared = root.url.appending(path: "\(round)").appending(path: "runs")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for name in 0..<4 {
          group.addTask { try AtomicFile.makeFolder(shared.appending(path: "\(name)")) }
        }
        try await group.waitForAll()
      }
    }
  }
}
