import Episodes

/// The hand that draws a character once: what it does to every point alike.
struct GlyphHand {
  private let xAxis: SIMD2<Double>
  private let yAxis: SIMD2<Double>
  private let shift: SIMD2<Double>
  private let radius: Double
  /// The displacements at the corners and edges of a grid over the character, row by row.
  private let warp: [SIMD2<Double>]

  /// The standard deviation of the warp, in sides of the character.
  private static let warping = 0.075
  /// The standard deviation of a stroke's shift, in sides of the image.
  private static let slipping = 0.025
  /// The standard deviation of a single knot's shift, in sides of the image.
  private static let wobbling = 0.008

  init(using generator: inout Generator) {
    let (sine, cosine) = StableMath.sineAndCosine(turns: 0.03 * generator.normal())
    let shear = 0.15 * generator.normal()
    let size = 0.6 + 0.07 * generator.truncatedNormal()
    let stretch = 1 + 0.1 * generator.truncatedNormal()
    let (width, height) = (size * stretch, size / stretch)
    xAxis = SIMD2(cosine * width, sine * width)
    yAxis = SIMD2((shear * cosine - sine) * height, (shear * sine + cosine) * height)
    shift = SIMD2(0.5 + 0.05 * generator.normal(), 0.5 + 0.05 * generator.normal())
    radius = generator.uniform(in: 0.1...0.4)
    warp = (0..<9).map { _ in
      GlyphHand.warping * SIMD2(generator.normal(), generator.normal())
    }
  }

  /// The bytes of a drawing.
  func draw(_ character: [Stroke], side: Int, using generator: inout Generator) -> [UInt8] {
    var canvas = InkCanvas(size: side)
    for stroke in character {
      let slip = GlyphHand.slipping * SIMD2(generator.normal(), generator.normal())
      var stroke = stroke
      for index in stroke.knots.indices {
        let wobble = GlyphHand.wobbling * SIMD2(generator.normal(), generator.normal())
        let place = warped(stroke.knots[index].place)
        stroke.knots[index].place = place.x * xAxis + place.y * yAxis + shift + slip + wobble
      }
      canvas.draw(stroke.points().map { $0 * Double(side) }, radius: radius)
    }
    return canvas.bytes
  }

  /// A place in the unit square about the origin, moved by a smooth field.
  private func warped(_ place: SIMD2<Double>) -> SIMD2<Double> {
    let (columns, rows) = (weights(place.x), weights(place.y))
    var moved = place
    for row in 0..<3 {
      for column in 0..<3 { moved += rows[row] * columns[column] * warp[3 * row + column] }
    }
    return moved
  }

  /// The weights of a quadratic Bézier curve along one side.
  private func weights(_ x: Double) -> SIMD3<Double> {
    let t = min(max(x + 0.5, 0), 1)
    return SIMD3((1 - t) * (1 - t), 2 * t * (1 - t), t * t)
  }
}
