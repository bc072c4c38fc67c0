import Foundation

/// A file without a name, which the reader opens by its number.
private let file: Int32 = {
  let path = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(getpid())").path
  let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
  precondition(descriptor >= 0, "\(path) cannot be written")
  unlink(path)
  return descriptor
}()

/// Bytes give the files of an archive or an error, whatever they are.
@_cdecl("LLVMFuzzerTestOneInput")
public func archive(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  precondition(ftruncate(file, 0) == 0 && pwrite(file, start, count, 0) == count)
  let archive = Archive(path: "/proc/self/fd/\(file)")
  guard let entries = try? archive.entries() else { return 0 }
  var sizes: [String: Int] = [:]
  for entry in entries { sizes[entry.name] = entry.size }
  // Entries of one name may differ in size.
  _ = try? archive.read(Set(sizes.keys)) { name, _ in precondition(sizes[name] != nil) }
  return 0
}
