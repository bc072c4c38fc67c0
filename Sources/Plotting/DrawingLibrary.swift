import CCairo

/// What pictures are drawn with.
package enum DrawingLibrary {
  /// The version of Cairo.
  package static var cairo: String { String(cString: cairo_version_string()) }

  /// The version of Cairo, and the width of some letters, which tells fonts apart.
  package static var facts: [String: String] {
    let letters = Font(size: 1000)
    let canvas = CairoCanvas.forMeasuring()
    return [
      "cairo": cairo, "font": Style.fontFamily,
      "letters": "\(canvas.extents(of: "Hamburgefonstiv 0123456789", in: letters).advance)",
    ]
  }
}
