import Foundation

/// A file of a data set, by itself or in an archive.
struct DataFile: Hashable {
  /// Where its bytes are.
  enum Place: Hashable {
    case disk
    case archive(String, entry: String)
  }

  let name: String
  /// What messages call it: its path, or that of the archive and its place in there.
  let path: String
  let place: Place
  let size: Int
  /// What tells two files on disk apart, whatever links lead to them; nil where a second name of
  /// the same file may be meant to be a file of its own.
  let identity: FileIdentity?

  var isImage: Bool {
    ["png", "jpg", "jpeg"].contains((name as NSString).pathExtension.lowercased())
  }

  /// The bytes of a file that lies by itself or in an archive.
  ///
  /// - Throws: ``DataError`` if it is not to be read.
  func bytes() throws -> [UInt8] {
    switch place {
    case .disk:
      do { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) } catch {
        throw DataError.unreadable(
          file: path, reason: (error as NSError).localizedDescription,
          remedy: "Check the file and its permissions")
      }
    case .archive(let archive, let entry):
      var found: [UInt8] = []
      try Archive(path: archive).read([entry]) { found = $1 }
      return found
    }
  }
}

/// The device and the number of a file on it.
struct FileIdentity: Hashable {
  let device: UInt64
  let number: UInt64
}

extension DataFile {
  /// The file on disk that changes if this one does.
  var archiveOrPath: String {
    switch place {
    case .disk: path
    case .archive(let archive, _): archive
    }
  }
}
