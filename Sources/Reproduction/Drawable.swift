import Foundation

/// Something drawn that can be written as a file: a plot, panels of plots, a table.
public protocol Drawable: Sendable {
  /// The bytes of the file; equal arguments give equal bytes.
  ///
  /// - Parameters:
  ///   - format: The kind of file.
  ///   - caption: The small line below: data, budget, seeds.
  ///   - texts: What a PNG carries as text chunks, by keyword, in this order.
  /// - Returns: The whole file.
  /// - Throws: If the system's library cannot draw it.
  func encoded(
    as format: PictureFormat, caption: String, texts: KeyValuePairs<String, String>
  ) throws -> Data
}

/// The kinds of files that pictures are written as.
public enum PictureFormat: String, CaseIterable, Sendable {
  /// Pixels, with provenance inside.
  case png
  /// Pages for print.
  case pdf
  /// Lines for the web.
  case svg
}
