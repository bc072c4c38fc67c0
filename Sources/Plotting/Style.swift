/// How our pictures look: sizes in points, the order of colours, dashes and markers.
package enum Style {
  static let fontFamily = "DejaVu Sans"
  static let titleSize = 8.5
  static let labelSize = 8.0
  static let tickSize = 7.0
  static let legendSize = 7.0
  static let captionSize = 6.5
  static let lineSpacing = 1.25

  static let pageMargin = 5.0
  static let panelGap = 10.0
  static let axisWidth = 0.7
  static let gridWidth = 0.5
  static let lineWidth = 1.4
  static let faintLineWidth = 0.6
  static let markerSize = 4.2
  static let tickLength = 2.8
  static let minorTickLength = 1.6
  static let tickGap = 2.2
  static let labelGap = 3.0
  static let bandOpacity = 0.2
  static let faintOpacity = 0.35
  package static let dotsPerInch = 200.0

  /// Okabe and Ito's colours, first those with a contrast of at least 3 : 1 on white.
  static let palette: [Color] = [
    Color(0x0072B2), Color(0xD55E00), Color(0x009E73), Color(0xCC79A7), Color(0x000000),
    Color(0x56B4E9), Color(0xE69F00), Color(0x8C6D00),
  ]

  /// The second cue beside colour; on and off lengths in units of the line's width.
  static let dashes: [[Double]] = [
    [], [4.5, 2], [4.5, 1.6, 1.1, 1.6], [1.2, 1.4], [7, 2], [7, 1.6, 1.1, 1.6, 1.1, 1.6],
    [2.5, 1.2], [9, 2.5],
  ]

  static let markers: [Marker] = [
    .circle, .square, .triangle, .diamond, .cross, .ring, .plus, .inverseTriangle,
  ]

  /// The look of the series with an index; after eight the colours repeat with other markers.
  static func look(ofSeries index: Int) -> Look {
    Look(
      color: palette[index % palette.count],
      dash: dashes[(index + index / palette.count) % dashes.count],
      marker: markers[(index + index / palette.count) % markers.count])
  }
}

/// The shape of a point.
public enum Marker: String, Codable, Sendable, CaseIterable {
  /// A filled disc.
  case circle
  /// A filled square.
  case square
  /// A filled triangle, point up.
  case triangle
  /// A filled square on its corner.
  case diamond
  /// Two diagonal strokes.
  case cross
  /// A circle, not filled.
  case ring
  /// Two upright strokes.
  case plus
  /// A filled triangle, point down.
  case inverseTriangle
}

/// The resolved appearance of one series: a colour, and the cues that survive a grey printer.
public struct Look: Hashable, Sendable {
  /// The colour of everything the series draws.
  public var color: Color
  /// On and off lengths in units of the line's width; empty is solid.
  public var dash: [Double]
  /// The shape of its points.
  public var marker: Marker
}
