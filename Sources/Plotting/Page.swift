import Foundation
import Imaging

/// Something that can be drawn on a page of its own: a picture or a table.
package protocol Page: Sendable {
  /// The size of the page in points.
  func size(on canvas: any Canvas) -> Size
  /// Draws everything.
  func draw(on canvas: any Canvas)
}

/// The kinds of files a page is written as.
public enum PageFormat: String, CaseIterable, Codable, Sendable {
  /// Pixels.
  case png
  /// Curves, for LaTeX.
  case pdf
  /// Curves, for the web.
  case svg
}

extension Page {
  /// What the page shows, for tests and for reading the data back.
  package var scene: Scene {
    let canvas = SceneCanvas()
    draw(on: canvas)
    return canvas.scene
  }

  /// The page as pixels, red, green and blue.
  ///
  /// - Parameters:
  ///   - dotsPerInch: Pixels per inch.
  ///   - drawsText: Without text pixels do not depend on a font's version.
  /// - Returns: A picture of the page on white.
  package func image(dotsPerInch: Double = Style.dotsPerInch, drawsText: Bool = true) -> Image {
    let size = size(on: CairoCanvas.forMeasuring())
    let pixels = CairoCanvas.pixels(size, dotsPerInch: dotsPerInch, drawsText: drawsText, draw)
    return Image(
      width: pixels.width, height: pixels.height, channels: 3, pixels: pixels.samples)
  }

  /// The bytes of a file; equal pages and texts give equal bytes.
  ///
  /// - Parameters:
  ///   - format: The kind of file.
  ///   - dotsPerInch: Pixels per inch of a PNG; other formats have none.
  ///   - texts: Key–value texts that a PNG carries, in this order; other formats leave them out.
  /// - Returns: The whole file.
  package func encoding(
    as format: PageFormat, dotsPerInch: Double = Style.dotsPerInch, texts: [PNG.Text] = []
  ) -> [UInt8] {
    switch format {
    case .png:
      return PNG.encoding(
        image(dotsPerInch: dotsPerInch), dotsPerInch: dotsPerInch, texts: texts)
    case .pdf: return CairoCanvas.pdf(size(on: CairoCanvas.forMeasuring()), draw)
    case .svg: return CairoCanvas.svg(size(on: CairoCanvas.forMeasuring()), draw)
    }
  }

  /// Writes a file, whole or not at all.
  package func write(
    to path: String, as format: PageFormat, texts: [PNG.Text] = []
  ) throws(ImageError) {
    try ImageError.writing(encoding(as: format, texts: texts), to: path)
  }
}
