import Foundation
import Testing

/// Published data, if the user has it: under REFIGURE_DATA, or under Data/downloads.
enum RealData {
  static let advice: Comment = "needs Omniglot's small zips in $REFIGURE_DATA/omniglot"

  static var omniglot: URL? {
    let roots = [ProcessInfo.processInfo.environment["REFIGURE_DATA"], "Data/downloads"]
    return roots.compactMap { $0 }
      .map { URL(fileURLWithPath: $0).appendingPathComponent("omniglot") }
      .first {
        FileManager.default.fileExists(
          atPath: $0.appendingPathComponent("images_background_small1.zip").path)
      }
  }
}
