/// Something that shows data: it knows what its axes must reach, its line in the legend, and how
/// it draws itself.
///
/// A new kind of mark is one file in `Marks/`; nothing else names the kinds.
public protocol Mark: Sendable {
  /// What all marks have: a label, an axis, a colour.
  var settings: MarkSettings { get set }
  /// How the mark takes part in the counting of series.
  var role: MarkRole { get }
  /// What the horizontal axis must show.
  var xRange: DataRange { get }
  /// What the vertical axis must show.
  var yRange: DataRange { get }
  /// The scale of colours that a bar beside the plot explains, if any.
  var colorScale: ColorScale? { get }
  /// Draws the data.
  func draw(in frame: Frame)
  /// Draws a small example for the legend.
  func drawSample(in box: Rect, of frame: Frame)
}

extension Mark {
  /// Series unless a mark says otherwise.
  public var role: MarkRole { .series }
  /// None unless a mark says otherwise.
  public var colorScale: ColorScale? { nil }
  /// A small filled rectangle.
  public func drawSample(in box: Rect, of frame: Frame) {
    frame.fillPage(Path(box.inset(by: Margins(left: 2, right: 2))), frame.look.color)
  }

  /// The same mark measured on the right-hand axis.
  public func onRightAxis() -> Self {
    var copy = self
    copy.settings.side = .right
    return copy
  }

  /// The same mark in a chosen colour.
  public func colored(_ ink: Ink) -> Self {
    var copy = self
    copy.settings.ink = ink
    return copy
  }
}

/// What all marks have.
public struct MarkSettings: Sendable {
  /// The line in the legend; none without it.
  var label: String?
  /// The left axis, or for companions that of their series, unless chosen.
  var side: Side?
  var ink = Ink.automatic

  init(label: String? = nil, ink: Ink = .automatic) {
    self.label = label
    self.ink = ink
  }
}

/// Which of the vertical axes a mark is measured on.
public enum Side: String, Codable, Sendable {
  /// The usual one.
  case left
  /// The second one of a plot with two.
  case right
}

/// Where a mark's colour, dash and marker come from.
public enum Ink: Hashable, Sendable {
  /// From its place among the series of its plot.
  case automatic
  /// As the series with an index has them, counted from zero.
  case series(Int)
  /// A colour, with solid lines and discs.
  case color(Color)
}

/// How a mark takes part in the counting of series.
public enum MarkRole: Sendable {
  /// It is a series of its own: it takes the next colour.
  case series
  /// As a series, and it shares each category with the other bars.
  case bars
  /// It accompanies the next series of its plot, or else the last: a band, error bars, faint lines.
  case companion
  /// It takes no colour of the cycle.
  case annotation
}

/// A scale of colours and what it measures.
public struct ColorScale: Sendable {
  var map: ColorMap
  var limits: ClosedRange<Double>
  var label: String
}

/// Numbers that marks accept: integers and floating point alike.
public protocol Coordinate {
  /// The number in double precision.
  var coordinate: Double { get }
}

extension Double: Coordinate {
  /// Itself.
  public var coordinate: Double { self }
}

extension Float: Coordinate {
  /// The same number in double precision.
  public var coordinate: Double { Double(self) }
}

extension Int: Coordinate {
  /// The same number in double precision.
  public var coordinate: Double { Double(self) }
}
