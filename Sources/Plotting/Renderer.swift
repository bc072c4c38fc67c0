import CCairo

/// What turns pages into files on this machine; part of a picture's provenance.
package enum Renderer {
  /// The version of Cairo, as "1.16.0".
  package static var version: String {
    String(cString: cairo_version_string())
  }

  /// Whether text is set in DejaVu Sans; without it Cairo takes what fontconfig finds.
  ///
  /// Told by the advance of "m", 0.974 em in that family, since Cairo does not name its choice.
  package static var hasExpectedFont: Bool {
    let advance = CairoCanvas.forMeasuring().extents(of: "m", in: Font(size: 1000)).advance
    return abs(advance - 974) < 2
  }

  /// One line on both.
  package static var description: String {
    "Cairo \(version), "
      + (hasExpectedFont ? Style.fontFamily : "a substitute for \(Style.fontFamily)")
  }
}
