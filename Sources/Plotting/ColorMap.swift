/// A continuous scale of colours for heatmaps, from 0 to 1.
public enum ColorMap: Sendable {
  /// Perceptually even, dark blue to yellow; for magnitudes.
  case viridis
  /// As viridis, and nearly the same to colour-blind eyes.
  case cividis
  /// Blue through white to vermilion; for signed values, centred by the heatmap.
  case diverging

  /// The colour at a position from 0 to 1; beyond that the ends.
  func callAsFunction(_ position: Double) -> Color {
    let anchors = anchors
    let place = min(max(position, 0), 1) * Double(anchors.count - 1)
    let index = min(Int(place), anchors.count - 2)
    return Color(anchors[index]).mixed(with: Color(anchors[index + 1]), place - Double(index))
  }

  // Ten samples suffice: linear interpolation stays within three of 255 of the published maps.
  private var anchors: [UInt32] {
    switch self {
    case .viridis:
      [
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C,
        0xFDE725,
      ]
    case .cividis:
      [
        0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
        0xFEE838,
      ]
    case .diverging:
      [0x004B7A, 0x0072B2, 0x7FB8D8, 0xF7F7F7, 0xEAAE7F, 0xD55E00, 0x8F3F00]
    }
  }
}
