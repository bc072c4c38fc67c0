import Foundation
import Imaging
import Plotting

/// What a figure draws, something that can be written as a file: a plot, a picture, a table.
public protocol Drawable: Sendable {
  /// The bytes of the file; equal arguments give equal bytes.
  ///
  /// - Parameters:
  ///   - format: The kind of file.
  ///   - dotsPerInch: Pixels per inch of a PNG; other formats have none.
  ///   - caption: The small line below: data, budget, seeds.
  ///   - texts: What a PNG carries as text chunks, by keyword, in this order.
  /// - Returns: The whole file.
  /// - Throws: If the system's library cannot draw it.
  func encoded(
    as format: PageFormat, dotsPerInch: Double, caption: String,
    texts: KeyValuePairs<String, String>
  ) throws -> Data

  /// What is shown, one line for each mark, axis and word, with data in their own coordinates.
  var listing: [String] { get }

  /// The pixels without text, which changes with the version of a font; nothing for no pixels.
  var pixelsWithoutText: [UInt8]? { get }

  /// Whether its width is free: a table is as wide as its words.
  static var hasFreeWidth: Bool { get }

  /// The same on a page of so many inches, with letters of the same size.
  func resized(toWidth inches: Double) -> Self

  /// What it says as Markdown, with the same caption; nil for what can only be drawn.
  func transcript(caption: String) -> String?
}

extension Drawable {
  /// Nothing that could be compared.
  public var listing: [String] { [] }
  /// It has the width of what it shows.
  public static var hasFreeWidth: Bool { false }
  /// Itself.
  public func resized(toWidth inches: Double) -> Self { self }
  /// No pixels.
  public var pixelsWithoutText: [UInt8]? { nil }
  /// Nothing.
  public func transcript(caption: String) -> String? { nil }
}

extension Table: Drawable {
  /// The scene's lines.
  public var listing: [String] { scene.listing.split(separator: "\n").map(String.init) }

  /// The page's samples, red, green and blue.
  public var pixelsWithoutText: [UInt8]? { image(drawsText: false).pixels }

  /// The table on a page of its own, with the caption after its own.
  public func encoded(
    as format: PageFormat, dotsPerInch: Double, caption: String,
    texts: KeyValuePairs<String, String>
  ) throws -> Data {
    Data(
      captioned(caption).encoding(
        as: format, dotsPerInch: dotsPerInch, texts: texts.map { PNG.Text($0.key, $0.value) }))
  }

  /// The table in Markdown.
  public func transcript(caption: String) -> String? { captioned(caption).markdown }

  private func captioned(_ caption: String) -> Table {
    var table = self
    table.caption = [self.caption, caption].filter { !$0.isEmpty }.joined(separator: " ")
    return table
  }
}

extension Picture: Drawable {
  /// The scene's lines.
  public var listing: [String] { scene.listing.split(separator: "\n").map(String.init) }

  /// The page's samples, red, green and blue.
  public var pixelsWithoutText: [UInt8]? { image(drawsText: false).pixels }

  /// Panels follow the page.
  public static var hasFreeWidth: Bool { true }

  /// The page with the caption after the picture's own.
  public func encoded(
    as format: PageFormat, dotsPerInch: Double, caption: String,
    texts: KeyValuePairs<String, String>
  ) throws -> Data {
    var picture = self
    picture.caption = [self.caption, caption].filter { !$0.isEmpty }.joined(separator: " ")
    return Data(
      picture.encoding(
        as: format, dotsPerInch: dotsPerInch, texts: texts.map { PNG.Text($0.key, $0.value) }))
  }
}

extension Plot: Drawable {
  /// The scene's lines.
  public var listing: [String] { Picture(self).listing }

  /// The page's samples, red, green and blue.
  public var pixelsWithoutText: [UInt8]? { Picture(self).pixelsWithoutText }

  /// Its page may be of any width.
  public static var hasFreeWidth: Bool { true }

  /// The plot on a page of its own.
  public func encoded(
    as format: PageFormat, dotsPerInch: Double, caption: String,
    texts: KeyValuePairs<String, String>
  ) throws -> Data {
    try Picture(self).encoded(
      as: format, dotsPerInch: dotsPerInch, caption: caption, texts: texts)
  }
}
