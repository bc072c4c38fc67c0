/// A colour in sRGB with an opacity, components from 0 to 1.
public struct Color: Hashable, Sendable {
  /// The red component.
  public var red: Double
  /// The green component.
  public var green: Double
  /// The blue component.
  public var blue: Double
  /// 1 is opaque.
  public var opacity: Double

  /// A colour written as in style sheets: 0x0072B2 is #0072B2.
  public init(_ hex: UInt32, opacity: Double = 1) {
    red = Double(hex >> 16 & 0xFF) / 255
    green = Double(hex >> 8 & 0xFF) / 255
    blue = Double(hex & 0xFF) / 255
    self.opacity = opacity
  }

  /// The same colour, more or less transparent.
  public func opacity(_ value: Double) -> Color {
    var copy = self
    copy.opacity = value
    return copy
  }

  /// The colour a part of the way towards another.
  func mixed(with other: Color, _ part: Double) -> Color {
    var copy = self
    copy.red += (other.red - red) * part
    copy.green += (other.green - green) * part
    copy.blue += (other.blue - blue) * part
    copy.opacity += (other.opacity - opacity) * part
    return copy
  }

  /// The relative luminance, roughly: decides between black and white text on a colour.
  var luminance: Double { 0.299 * red + 0.587 * green + 0.114 * blue }

  /// "#0072B2", or "#0072B233" when it is not opaque.
  var hex: String {
    let components = [red, green, blue] + (opacity < 1 ? [opacity] : [])
    return components.reduce(into: "#") { text, component in
      let byte = Int((component * 255).rounded())
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
}

extension Color {
  /// Text and axes.
  public static let ink = Color(0x000000)
  /// The page.
  public static let paper = Color(0xFFFFFF)
  /// Captions, the papers' numbers, reference lines.
  public static let quiet = Color(0x666666)
  /// Grid lines.
  public static let faint = Color(0xE4E4E4)
}
