import Episodes

/// Where a picture was taken.
struct SceneBackground {
  /// The number of kinds of place.
  static let kinds = 6

  private let kind: Int
  private let near: Colour
  private let far: Colour
  private let horizon: Double
  private let frequency: Double
  private let offset: SIMD2<Double>

  init(kind: Int, using generator: inout Generator) {
    self.kind = kind
    // Typical hues of sky, meadow, water, wall, wood and room; everything else is free.
    let hues = [0.58, 0.28, 0.53, 0.06, 0.33, generator.uniform()]
    let hue = hues[kind] + 0.05 * generator.normal()
    near = Colour(
      hue: hue, saturation: generator.uniform(in: 0.1...0.6),
      value: generator.uniform(in: 0.3...0.9))
    far = Colour(
      hue: hue + 0.08 * generator.normal(), saturation: generator.uniform(in: 0.05...0.5),
      value: generator.uniform(in: 0.2...1))
    horizon = generator.uniform(in: 0.25...0.75)
    frequency = generator.uniform(in: 3...6)
    offset = SIMD2(generator.uniform(in: 0...16), generator.uniform(in: 0...16))
  }

  /// The colour at a place of the unit square, y downwards.
  func colour(at p: SIMD2<Double>, noise: ValueNoise) -> Colour {
    switch kind {
    case 0:
      // Sky with clouds over dark ground.
      if p.y > horizon {
        return far * (0.35 + 0.4 * noise.rough(p * SIMD2(frequency, 2 * frequency) + offset))
      }
      let cloud = min(
        max(noise.rough(p * SIMD2(frequency, 1.6 * frequency) + offset) * 3 - 1.2, 0), 1)
      return near.mixed(with: Colour(repeating: 0.95), cloud)
    case 1:
      // Grass: fine upright grain.
      let grain = noise.rough(p * SIMD2(4 * frequency, 1.5 * frequency) + offset)
      return near.mixed(with: far, 0.6 * p.y) * (0.5 + 0.8 * grain)
    case 2:
      // Water: level ripples, denser towards the horizon.
      let ripple = noise(SIMD2(p.x * frequency, p.y * p.y * 4 * frequency) + offset)
      return near.mixed(with: far, ripple * 0.8)
    case 3:
      // A wall of bricks.
      let row = (p.y * frequency).rounded(.down)
      let x = p.x * frequency * 0.6 + row / 2
      let (u, v) = (x - x.rounded(.down), p.y * frequency - row)
      let joint = u < 0.12 || v < 0.18
      let tone = 0.75 + 0.5 * noise(SIMD2(x.rounded(.down), row) + offset)
      return joint ? far * 0.9 : near * tone
    case 4:
      // Trunks in the mist.
      let trunk = min(max(noise(SIMD2(p.x * 2.2 * frequency, 0.4 * p.y) + offset) * 5 - 2, 0), 1)
      return far.mixed(with: near * 0.4, trunk) * (0.7 + 0.5 * noise.rough(p * 5 + offset))
    default:
      // Out of focus.
      return near.mixed(with: far, noise(p * 2 + offset))
    }
  }
}
