import CCairo

/// Draws with Cairo; what it draws on is made in `CairoCanvas+Surfaces.swift`.
final class CairoCanvas: Canvas {
  let context: OpaquePointer
  private let drawsText: Bool

  init(surface: OpaquePointer, drawsText: Bool = true) {
    context = cairo_create(surface)
    self.drawsText = drawsText
    // Text must not depend on the resolution, nor on the settings of a desktop.
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
    cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD)
  }

  deinit {
    cairo_destroy(context)
  }

  func stroke(_ path: Path, with pen: Pen) {
    trace(path)
    use(pen.color)
    cairo_set_line_width(context, pen.width)
    cairo_set_line_cap(context, pen.dash.isEmpty ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    let dash = pen.dash.map { $0 * pen.width }
    cairo_set_dash(context, dash, Int32(dash.count), 0)
    cairo_stroke(context)
  }

  func fill(_ path: Path, with color: Color) {
    trace(path)
    use(color)
    cairo_fill(context)
  }

  func mark(_ marker: Marker, at center: Point, size: Double, color: Color) {
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_reset_clip(context)
    let radius = size / 2
    func corners(_ offsets: [(Double, Double)]) -> [Point] {
      offsets.map { Point(center.x + $0.0 * radius, center.y + $0.1 * radius) }
    }
    switch marker {
    case .circle, .ring:
      cairo_new_path(context)
      cairo_arc(context, center.x, center.y, radius, 0, 2 * .pi)
      use(color)
      if marker == .circle {
        cairo_fill(context)
      } else {
        cairo_set_dash(context, nil, 0, 0)
        cairo_set_line_width(context, 1)
        cairo_stroke(context)
      }
    case .square:
      fill(
        Path(closed: corners([(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)])),
        with: color)
    case .triangle:
      fill(Path(closed: corners([(0, -1.1), (1.05, 0.85), (-1.05, 0.85)])), with: color)
    case .inverseTriangle:
      fill(Path(closed: corners([(0, 1.1), (1.05, -0.85), (-1.05, -0.85)])), with: color)
    case .diamond:
      fill(Path(closed: corners([(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)])), with: color)
    case .cross:
      let pen = Pen(color: color, width: 1.1)
      stroke(
        Path(joining: [
          Path(corners([(-0.9, -0.9), (0.9, 0.9)])), Path(corners([(-0.9, 0.9), (0.9, -0.9)])),
        ]),
        with: pen)
    case .plus:
      let pen = Pen(color: color, width: 1.1)
      stroke(
        Path(joining: [
          Path(corners([(-1.1, 0), (1.1, 0)])), Path(corners([(0, -1.1), (0, 1.1)])),
        ]),
        with: pen)
    }
  }

  func write(_ label: Label, at point: Point, anchor: Anchor, angle: Double) {
    guard drawsText else { return }
    let set = label.typeset(on: self)
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_reset_clip(context)
    cairo_translate(context, point.x, point.y)
    cairo_rotate(context, -angle * .pi / 180)
    use(label.color)
    for (runs, width) in zip(set.lines, set.widths) {
      for run in runs {
        select(run.font)
        cairo_move_to(
          context, run.x - anchor.x * width, run.y + set.capHeight - anchor.y * set.height)
        cairo_show_text(context, run.text)
      }
    }
    cairo_new_path(context)
  }

  func paint(_ cells: Raster, in rect: Rect) {
    let surface = Self.image(width: cells.columns, height: cells.rows)
    defer { cairo_surface_destroy(surface) }
    guard let data = cairo_image_surface_get_data(surface) else { return }
    let stride = Int(cairo_image_surface_get_stride(surface))
    for (index, color) in cells.colors.enumerated() {
      let bytes = [color.red, color.green, color.blue].map { UInt32(($0 * 255).rounded()) }
      data.advanced(by: index / cells.columns * stride + index % cells.columns * 4)
        .withMemoryRebound(to: UInt32.self, capacity: 1) {
          $0.pointee = 0xFF00_0000 | bytes[0] << 16 | bytes[1] << 8 | bytes[2]
        }
    }
    cairo_surface_mark_dirty(surface)
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    cairo_clip(context)
    cairo_translate(context, rect.x, rect.y)
    cairo_scale(context, rect.width / Double(cells.columns), rect.height / Double(cells.rows))
    cairo_set_source_surface(context, surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_paint(context)
  }

  func clip(to rect: Rect, _ body: () -> Void) {
    cairo_save(context)
    cairo_rectangle(context, rect.x, rect.y, rect.width, rect.height)
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  func group(_ name: String, in projection: Projection?, _ body: () -> Void) {
    body()
  }

  func extents(of text: String, in font: Font) -> TextExtents {
    select(font)
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, text, &extents)
    return TextExtents(advance: extents.x_advance, inkTop: -extents.y_bearing)
  }

  private func select(_ font: Font) {
    cairo_select_font_face(
      context, Style.fontFamily, CAIRO_FONT_SLANT_NORMAL,
      font.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, font.size)
  }

  private func trace(_ path: Path) {
    cairo_new_path(context)
    for line in path.lines {
      for (index, point) in line.points.enumerated() {
        if index == 0 {
          cairo_move_to(context, point.x, point.y)
        } else {
          cairo_line_to(context, point.x, point.y)
        }
      }
      if line.isClosed { cairo_close_path(context) }
    }
  }

  private func use(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.opacity)
  }
}
