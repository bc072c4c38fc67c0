import Foundation

/// What a page shows, without where on the page: the data of every mark in its own coordinates,
/// colours, and all words in the order of drawing.
///
/// Two pages with equal scenes say the same; tests compare scenes, because pixels also change with
/// the version of a font.
package struct Scene: Codable, Hashable, Sendable {
  /// One drawn thing.
  package struct Item: Codable, Hashable, Sendable {
    /// Where it belongs, as "plot 1 / line accuracy".
    var group: String
    /// What it is and how it looks, as "stroke #0072B2 1.4".
    var look: String
    /// Its corners as "(x, y)", for marks only.
    var data: [String]
  }

  package var items: [Item] = []

  /// One line per item, for golden files that can be read and compared.
  package var listing: String {
    items.map { item in
      ([item.group + ": " + item.look] + item.data).joined(separator: " ")
    }.joined(separator: "\n") + "\n"
  }
}

/// Records a scene; its letters have a fixed width, so that no font is involved.
final class SceneCanvas: Canvas {
  private(set) var scene = Scene()
  private var groups: [String] = []
  private var projections: [Projection] = []

  func stroke(_ path: Path, with pen: Pen) {
    let dash = pen.dash.isEmpty ? "" : " dashed " + pen.dash.map(number).joined(separator: ",")
    record("stroke \(pen.color.hex) \(number(pen.width))\(dash)", path.lines.flatMap(\.points))
  }

  func fill(_ path: Path, with color: Color) {
    record("fill \(color.hex)", path.lines.flatMap(\.points))
  }

  func mark(_ marker: Marker, at center: Point, size: Double, color: Color) {
    record("\(marker.rawValue) \(color.hex) \(number(size))", [center])
  }

  func write(_ label: Label, at point: Point, anchor: Anchor, angle: Double) {
    let weight = label.font.isBold ? " bold" : ""
    record("text\(weight) \(label.color.hex) \"\(label.source)\"", [])
  }

  func paint(_ cells: Raster, in rect: Rect) {
    record(
      "cells \(cells.columns)×\(cells.rows) "
        + cells.colors.map(\.hex).joined(separator: " ") + " over",
      [Point(rect.left, rect.bottom), Point(rect.right, rect.top)])
  }

  func clip(to rect: Rect, _ body: () -> Void) {
    body()
  }

  func group(_ name: String, in projection: Projection?, _ body: () -> Void) {
    groups.append(name)
    if let projection { projections.append(projection) }
    body()
    if projection != nil { projections.removeLast() }
    groups.removeLast()
  }

  func extents(of text: String, in font: Font) -> TextExtents {
    TextExtents(advance: Double(text.count) * font.size * 0.6, inkTop: font.size * 0.73)
  }

  private func record(_ look: String, _ points: [Point]) {
    let data = projections.last.map { projection in
      points.map { point in
        let datum = projection.data(at: point)
        return "(\(number(datum.x)), \(number(datum.y)))"
      }
    }
    scene.items.append(
      .init(group: groups.joined(separator: " / "), look: look, data: data ?? []))
  }

  private func number(_ value: Double) -> String {
    let text = String(format: "%.5g", locale: Locale(identifier: "en_US_POSIX"), value)
    // What the way to the page and back leaves of a zero.
    return abs(value) < 1e-10 ? "0" : text
  }
}
