import CCairo
import Foundation

/// Pixels, a PDF or an SVG of what is drawn on them.
extension CairoCanvas {
  /// A canvas for measuring alone.
  static func forMeasuring() -> CairoCanvas {
    let surface = image(width: 1, height: 1)
    defer { cairo_surface_destroy(surface) }
    return CairoCanvas(surface: surface)
  }

  /// The pixels of a page on white, `3 × width × height` samples.
  static func pixels(
    _ size: Size, dotsPerInch: Double, drawsText: Bool, _ draw: (CairoCanvas) -> Void
  ) -> (width: Int, height: Int, samples: [UInt8]) {
    let scale = dotsPerInch / 72
    let width = Int((size.width * scale).rounded(.up))
    let height = Int((size.height * scale).rounded(.up))
    let surface = image(width: width, height: height)
    defer { cairo_surface_destroy(surface) }
    do {
      let canvas = CairoCanvas(surface: surface, drawsText: drawsText)
      cairo_scale(canvas.context, scale, scale)
      canvas.fill(
        Path(Rect(x: 0, y: 0, width: size.width + 1, height: size.height + 1)), with: .paper)
      draw(canvas)
    }
    cairo_surface_flush(surface)
    guard let data = cairo_image_surface_get_data(surface) else {
      preconditionFailure("no memory for a picture of \(width)×\(height) pixels")
    }
    let stride = Int(cairo_image_surface_get_stride(surface))
    var samples: [UInt8] = []
    samples.reserveCapacity(width * height * 3)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = data.advanced(by: y * stride + x * 4)
          .withMemoryRebound(to: UInt32.self, capacity: 1) { $0.pointee }
        samples.append(UInt8(truncatingIfNeeded: pixel >> 16))
        samples.append(UInt8(truncatingIfNeeded: pixel >> 8))
        samples.append(UInt8(truncatingIfNeeded: pixel))
      }
    }
    return (width, height, samples)
  }

  /// The bytes of a PDF of one page; its date is fixed, so that equal pages are equal files.
  static func pdf(_ size: Size, _ draw: (CairoCanvas) -> Void) -> [UInt8] {
    let bytes = Bytes()
    let closure = Unmanaged.passUnretained(bytes).toOpaque()
    guard
      let surface = cairo_pdf_surface_create_for_stream(append, closure, size.width, size.height)
    else { preconditionFailure("Cairo cannot make a PDF") }
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
    finish(surface, draw)
    return bytes.values
  }

  /// The bytes of an SVG.
  static func svg(_ size: Size, _ draw: (CairoCanvas) -> Void) -> [UInt8] {
    let bytes = Bytes()
    let closure = Unmanaged.passUnretained(bytes).toOpaque()
    guard
      let surface = cairo_svg_surface_create_for_stream(append, closure, size.width, size.height)
    else { preconditionFailure("Cairo cannot make an SVG") }
    finish(surface, draw)
    return Array(renumbered(String(decoding: bytes.values, as: UTF8.self)).utf8)
  }

  private static func finish(_ surface: OpaquePointer, _ draw: (CairoCanvas) -> Void) {
    draw(CairoCanvas(surface: surface))
    cairo_surface_finish(surface)
    let status = cairo_surface_status(surface)
    precondition(
      status == CAIRO_STATUS_SUCCESS,
      "Cairo failed: \(String(cString: cairo_status_to_string(status)))")
    cairo_surface_destroy(surface)
  }

  /// Cairo numbers surfaces and images through the whole process; here they count from one.
  private static func renumbered(_ svg: String) -> String {
    var numbers: [String: String] = [:]
    return svg.replacing(/(surface|image|mask|source|pattern|linear)([0-9]+)/) { match in
      let old = String(match.output.0)
      let new = numbers[old] ?? "\(match.output.1)\(numbers.count + 1)"
      numbers[old] = new
      return new
    }
  }

  static func image(width: Int, height: Int) -> OpaquePointer {
    guard
      let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)),
      cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
    else { preconditionFailure("no memory for a picture of \(width)×\(height) pixels") }
    return surface
  }

  private final class Bytes {
    var values: [UInt8] = []
  }

  private static let append: cairo_write_func_t = { closure, data, count in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    Unmanaged<Bytes>.fromOpaque(closure).takeUnretainedValue().values
      .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
    return CAIRO_STATUS_SUCCESS
  }
}
