/// A part of a thing, in the thing's own plane.
struct ThingPart {
  let silhouette: Silhouette
  let centre: SIMD2<Double>
  let size: SIMD2<Double>
  let sine: Double
  let cosine: Double
  let texture: Texture
  let colours: (Int, Int)
}

/// A thing as it stands in a picture.
struct PaintedThing {
  /// Its parts, the hindmost first.
  let parts: [ThingPart]
  let palette: [Colour]
  let centre: SIMD2<Double>
  /// The rows of the map from offsets in the picture to the thing's own plane.
  let toOwn: (SIMD2<Double>, SIMD2<Double>)
  let reach: Double
  let scale: Double

  /// Paints it over a picture of `side × side`.
  func paint(into picture: inout [Colour], side: Int, noise: ValueNoise) {
    let columns = pixels(about: centre.x, side: side)
    let rows = pixels(about: centre.y, side: side)
    let pixel = 1 / Double(side)
    for part in parts {
      let size = min(part.size.x, part.size.y)
      // The width of a pixel in the part's own plane.
      let softness = pixel / (scale * size)
      for row in rows {
        for column in columns {
          let offset = SIMD2(Double(column) + 0.5, Double(row) + 0.5) * pixel - centre
          let own = SIMD2((offset * toOwn.0).sum(), (offset * toOwn.1).sum()) - part.centre
          let p =
            SIMD2(
              part.cosine * own.x + part.sine * own.y, part.cosine * own.y - part.sine * own.x)
            / part.size
          guard abs(p.x) < 1.5, abs(p.y) < 1.5 else { continue }
          let cover = min(max(0.5 - part.silhouette.distance(p) / softness, 0), 1)
          guard cover > 0 else { continue }
          let share = part.texture.amount(at: p, noise: noise, softness: softness)
          let paint = palette[part.colours.0].mixed(with: palette[part.colours.1], share)
          // Lit from above.
          let light = 1 - 0.25 * own.y / (part.size.x + part.size.y)
          let place = row * side + column
          picture[place] = picture[place].mixed(with: paint * light, cover)
        }
      }
    }
  }

  private func pixels(about centre: Double, side: Int) -> Range<Int> {
    let first = min(max(Int(((centre - reach) * Double(side)).rounded(.down)), 0), side)
    let last = min(max(Int(((centre + reach) * Double(side)).rounded(.up)), first), side)
    return first..<last
  }
}
