@testable import Experiments
import Foundation

private let key = RunKey(name: "fuzz", description: Data())
private let store = RunStore(
  folder: FileManager.default.temporaryDirectory.appending(path: "fuzz-\(getpid())"))
private let checkpoints = Checkpoints(
  folder: store.folder(of: key).appending(path: "checkpoints"), warn: { _ in })

/// The files of a run, in which bytes lie as they are, or sealed as what was written is.
private let files: [URL] = {
  let epoch = checkpoints.folder.appending(path: "epoch-000001")
  for folder in [epoch, store.folder.appending(path: "costs")] {
    precondition((try? AtomicFile.makeFolder(folder)) != nil, "\(folder.path) cannot be made")
  }
  return ["description", "outcome", "environment"].map {
    store.folder(of: key).appending(path: "\($0).json")
  } + [store.costFile(of: key), epoch.appending(path: "manifest.json")]
}()

/// Bytes in any file of a run give what they say or a state or an error, whatever they are; the first
/// one says in which files they lie, and whether with the right checksum.
@_cdecl("LLVMFuzzerTestOneInput")
public func runFiles(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard count > 0, let start else { return 0 }
  let content = Data(UnsafeBufferPointer(start: start + 1, count: count - 1))
  for (place, file) in files.enumerated() where start[0] >> place & 1 == 1 {
    let sealed = start[0] >> 7 == 1 ? SealedFile.sealed(content) : content
    precondition(FileManager.default.createFile(atPath: file.path, contents: sealed))
  }
  defer { for file in files { unlink(file.path) } }
  do {
    let run = store.stored(key)
    _ = (try run.state, try run.outcome, try run.environments, try run.cost)
    if start[0] >> 7 == 1, let description = try run.description {
      precondition(description == content)
    }
    _ = try store.foundations(of: [key])
    let epochs = try checkpoints.epochs
    precondition(epochs == [1])
    _ = try checkpoints.load(epoch: 1)
  } catch {
    precondition(error is RunError || error is StorageError, "\(error)")
  }
  return 0
}
