import Episodes

/// Smooth random hills over the plane: random heights on a lattice, blended between.
struct ValueNoise {
  private let heights: [Double]
  private static let period = 16

  init(using generator: inout Generator) {
    heights = (0..<ValueNoise.period * ValueNoise.period).map { _ in generator.uniform() }
  }

  /// The height in [0, 1] at a place, hills one unit apart.
  func callAsFunction(_ place: SIMD2<Double>) -> Double {
    let cell = SIMD2(place.x.rounded(.down), place.y.rounded(.down))
    let t = place - cell
    let s = t * t * (3 - 2 * t)
    let (column, row) = (Int(cell.x) & 15, Int(cell.y) & 15)
    let (right, below) = ((column + 1) & 15, (row + 1) & 15)
    let top = heights[row * 16 + column] * (1 - s.x) + heights[row * 16 + right] * s.x
    let bottom = heights[below * 16 + column] * (1 - s.x) + heights[below * 16 + right] * s.x
    return top * (1 - s.y) + bottom * s.y
  }

  /// Hills with smaller hills on them, in [0, 1].
  func rough(_ place: SIMD2<Double>) -> Double {
    (self(place) * 4 + self(place * 2.03 + SIMD2(5.2, 1.3)) * 2
      + self(place * 4.1 + SIMD2(2.7, 9.1))) / 7
  }
}
