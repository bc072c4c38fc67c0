import Foundation

extension ImageError {
  /// Writes a file that appears whole or not at all.
  package static func writing(_ bytes: [UInt8], to path: String) throws(ImageError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw .unwritable(path, reason: reason(error))
    }
  }

  /// The plain words for a failed file operation, without Foundation's repetition of the path.
  static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile?, .fileReadNoSuchFile?: "no such directory"
    case .fileReadNoPermission?, .fileWriteNoPermission?: "permission denied"
    case .fileWriteOutOfSpace?: "no space left on the disk"
    case .fileWriteVolumeReadOnly?: "the disk is read-only"
    default: (error as NSError).localizedDescription
    }
  }
}
