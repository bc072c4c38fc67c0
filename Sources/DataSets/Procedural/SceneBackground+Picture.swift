import Episodes

extension SceneBackground {
  /// The bytes of a picture of things before it, `side × side × 3`.
  func picture(
    side: Int, of things: [PaintedThing], noise: ValueNoise, cast: Colour, exposure: Double,
    grain: Double,
    using generator: inout Generator
  ) -> [UInt8] {
    let pixel = 1 / Double(side)
    var picture: [Colour] = []
    picture.reserveCapacity(side * side)
    for row in 0..<side {
      for column in 0..<side {
        let place = SIMD2(Double(column) + 0.5, Double(row) + 0.5) * pixel
        picture.append(colour(at: place, noise: noise))
      }
    }
    for thing in things { thing.paint(into: &picture, side: side, noise: noise) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * side * side)
    for colour in picture {
      // The sum of two uniforms is grain enough, and cheap.
      let speck = grain * (generator.uniform() + generator.uniform() - 1)
      let lit = colour * cast * exposure + speck
      for channel in 0..<3 {
        bytes.append(UInt8((min(max(lit[channel], 0), 1) * 255).rounded()))
      }
    }
    return bytes
  }
}
