import Foundation
import Imaging
import Testing

@testable import Plotting

struct PageTests {
  @Test(arguments: SamplePage.all, PageFormat.allCases)
  func equalPagesAreEqualFiles(_ sample: SamplePage, _ format: PageFormat) {
    let first = sample.page.encoding(as: format)
    #expect(first.count > 500)
    #expect(first == sample.page.encoding(as: format))
  }

  @Test func carriesTexts() throws {
    let texts = [PNG.Text("runs", "{\"a\": 1}"), PNG.Text("caption", "θ̃ − 95 %")]
    let bytes = SamplePage.all[0].page.encoding(as: .png, texts: texts)
    #expect(PNG.texts(in: bytes) == texts)
    #expect(try Image(decoding: bytes, named: "memory") == SamplePage.all[0].page.image())
  }

  private static let resized: [Picture] = SamplePage.all.compactMap { $0.page as? Picture }
    .flatMap { picture in
      [Picture.columnWidth, 5, Picture.textWidth].map { picture.resized(toWidth: $0) }
    }

  /// A journal's widths are met, words find room, and letters are as large as they were.
  @Test(arguments: resized.indices)
  func picturesFitAJournal(_ index: Int) {
    let picture = Self.resized[index]
    let size = picture.size(on: CairoCanvas.forMeasuring())
    #expect(abs(size.width / 72 - picture.width) < 1e-9)
    WordBoxes(of: picture).expectApart()
  }

  /// What one compares has the same scale, however much room an inset needs above it.
  @Test func aRowMayShareItsAxes() {
    let panels = PictureLayout(of: SamplePage.twinAxes, on: CairoCanvas.forMeasuring()).panels
      .map(\.panel)
    #expect(panels[0].headroom > 0 && panels[0].headroom == panels[1].headroom)
    #expect(panels[0].leftLimits == panels[1].leftLimits)
    #expect(panels[0].rightLimits == panels[1].rightLimits)
  }

  /// Nothing reaches into the outermost two hundredths of an inch: no label is cut off.
  @Test(arguments: SamplePage.all)
  func leavesItsBorderWhite(_ sample: SamplePage) {
    let image = sample.page.image(dotsPerInch: 100)
    for y in 0..<image.height {
      for x in 0..<image.width
      where x < 2 || y < 2 || x >= image.width - 2 || y >= image.height - 2 {
        for channel in 0..<3 where image[x, y, channel] != 255 {
          Issue.record("ink at \(x), \(y)")
          return
        }
      }
    }
  }

  @Test(arguments: SamplePage.all)
  func wordsNeverOverlap(_ sample: SamplePage) {
    WordBoxes(of: sample.page).expectApart()
  }

  /// Pixels without words; they depend on Cairo's version, which is part of the stored line.
  @Test(
    .enabled(if: Renderer.hasExpectedFont), arguments: ["band", "bars", "heatmap", "twin-axes"])
  func looksAsItLooked(_ name: String) throws {
    let sample = try #require(SamplePage.all.first { $0.name == name })
    let image = sample.page.image(dotsPerInch: 100, drawsText: false)
    // FNV-1a, enough to notice a change.
    let hash = image.pixels.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let line = "\(Renderer.version) \(image.width)×\(image.height) \(String(hash, radix: 16))"
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(name).pixels")
    if ProcessInfo.processInfo.environment["REGENERATE"] == "1" {
      try Data(line.utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    if expected.hasPrefix(Renderer.version + " ") { #expect(line == expected) }
  }
}

/// Collects where words stand; words turned by other than right angles are left out.
private final class WordBoxes: Canvas {
  private(set) var boxes: [(text: String, rect: Rect)] = []
  private let ruler = CairoCanvas.forMeasuring()

  init(of page: any Page) { page.draw(on: self) }

  func expectApart() {
    for (index, a) in boxes.enumerated() {
      for b in boxes[(index + 1)...] {
        let isApart =
          a.rect.right <= b.rect.left || b.rect.right <= a.rect.left
          || a.rect.bottom <= b.rect.top || b.rect.bottom <= a.rect.top
        #expect(isApart, "\(a.text) over \(b.text)")
      }
    }
  }

  func write(_ label: Label, at point: Point, anchor: Anchor, angle: Double) {
    let size = ruler.size(of: label)
    if angle == 0 {
      boxes.append(
        (
          label.source,
          Rect(
            x: point.x - anchor.x * size.width, y: point.y - anchor.y * size.height,
            width: size.width, height: size.height)
        ))
    } else if angle == 90 {
      boxes.append(
        (
          label.source,
          Rect(
            x: point.x - anchor.y * size.height, y: point.y - (1 - anchor.x) * size.width,
            width: size.height, height: size.width)
        ))
    }
  }

  func stroke(_ path: Path, with pen: Pen) {}
  func fill(_ path: Path, with color: Color) {}
  func mark(_ marker: Marker, at center: Point, size: Double, color: Color) {}
  func paint(_ cells: Raster, in rect: Rect) {}
  func clip(to rect: Rect, _ body: () -> Void) { body() }
  func group(_ name: String, in projection: Projection?, _ body: () -> Void) { body() }
  func extents(of text: String, in font: Font) -> TextExtents {
    ruler.extents(of: text, in: font)
  }
}
