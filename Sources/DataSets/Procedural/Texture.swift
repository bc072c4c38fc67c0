import Episodes

/// A pattern on a surface: how much of a second colour there is at every place.
enum Texture {
  case plain
  case stripes(direction: SIMD2<Double>, frequency: Double)
  case checks(frequency: Double)
  case spots(frequency: Double, radius: Double)
  case rings(frequency: Double)
  case mottled(frequency: Double)

  /// The share of the second colour in [0, 1], softened over a distance.
  func amount(at p: SIMD2<Double>, noise: ValueNoise, softness: Double) -> Double {
    switch self {
    case .plain: 0
    case .stripes(let direction, let frequency):
      wave(p.x * direction.x + p.y * direction.y, frequency, softness)
    case .checks(let frequency):
      abs(wave(p.x, frequency, softness) - wave(p.y, frequency, softness))
    case .spots(let frequency, let radius): spot(p * frequency, radius, softness * frequency)
    case .rings(let frequency): wave((p.x * p.x + p.y * p.y).squareRoot(), frequency, softness)
    case .mottled(let frequency): min(max(noise.rough(p * frequency) * 4 - 1.5, 0), 1)
    }
  }

  /// A square wave between 0 and 1 with slopes of the softness' width.
  private func wave(_ x: Double, _ frequency: Double, _ softness: Double) -> Double {
    let phase = x * frequency
    let triangle = abs(phase - phase.rounded()) * 2 - 0.5
    return min(max(0.5 + triangle / max(2 * softness * frequency, 0.05), 0), 1)
  }

  private func spot(_ p: SIMD2<Double>, _ radius: Double, _ softness: Double) -> Double {
    // Every other row is shifted by half a spot.
    let row = p.y.rounded()
    let x = p.x + row.truncatingRemainder(dividingBy: 2) / 2
    let (dx, dy) = (x - x.rounded(), p.y - row)
    let distance = (dx * dx + dy * dy).squareRoot() - radius
    return min(max(0.5 - distance / max(softness, 0.05), 0), 1)
  }

  static func random(using generator: inout Generator) -> Texture {
    let frequency = generator.uniform(in: 0.9...2.6)
    switch generator.index(below: 8) {
    case 0, 1: return .plain
    case 2, 3:
      let (sine, cosine) = StableMath.sineAndCosine(turns: generator.uniform())
      return .stripes(direction: SIMD2(cosine, sine), frequency: frequency)
    case 4: return .checks(frequency: frequency * 0.7)
    case 5: return .spots(frequency: frequency, radius: generator.uniform(in: 0.2...0.38))
    case 6: return .rings(frequency: frequency)
    default: return .mottled(frequency: frequency * 1.5)
    }
  }
}
