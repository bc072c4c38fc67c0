import Foundation

/// A folder for what is made to be looked at once.
struct ScratchFolder {
  let url = FileManager.default.temporaryDirectory.appending(path: "refigure-\(UUID())")

  func remove() {
    // It may never have been made; and what stays is in the folder that the system clears.
    try? FileManager.default.removeItem(at: url)
  }
}
