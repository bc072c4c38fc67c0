/// One picture of a subject: where it stands, in what light, amid what.
struct SceneView {
  private let noise: ValueNoise
  private let background: SceneBackground
  private var things: [Thing] = []
  private let cast: Colour
  private let exposure: Double
  private let grain: Double

  /// A thing as it stands in the picture.
  private struct Thing {
    let parts: [SceneSubject.Part]
    let palette: [Colour]
    let centre: SIMD2<Double>
    /// The rows of the map from offsets in the picture to the thing's own plane.
    let toOwn: (SIMD2<Double>, SIMD2<Double>)
    let reach: Double
    let scale: Double
  }

  init(of subject: SceneSubject, using generator: inout Generator) {
    noise = ValueNoise(using: &generator)
    background = SceneBackground(
      kind: generator.chance(0.75)
        ? generator.element(of: subject.places) : generator.index(below: SceneBackground.kinds),
      using: &generator)
    let warmth = 0.1 * generator.normal()
    cast = Colour(1 + warmth, 1 + 0.03 * generator.normal(), 1 - warmth)
    exposure = 1 + 0.2 * generator.truncatedNormal()
    grain = generator.uniform(in: 0.01...0.06)
    // Strangers stand behind, the subject before them.
    for _ in 0..<generator.index(below: 3) {
      let stranger = SceneSubject(using: &generator)
      let place = SIMD2(generator.uniform(), generator.uniform())
      add(stranger, at: place, scale: generator.uniform(in: 0.1...0.2), using: &generator)
    }
    let count =
      subject.company.lowerBound + generator.index(below: subject.company.count)
    let scale = generator.uniform(in: 0.24...0.46) / Double(count).squareRoot()
    for _ in 0..<count {
      let spread = count == 1 ? 0.09 : 0.22
      let drift = SIMD2(generator.truncatedNormal(), generator.truncatedNormal())
      let place = SIMD2(0.5, 0.52) + spread * drift
      add(subject, at: place, scale: scale, using: &generator)
    }
  }

  private mutating func add(
    _ subject: SceneSubject, at place: SIMD2<Double>, scale: Double,
    using generator: inout Generator
  ) {
    let (sine, cosine) = StableMath.sineAndCosine(turns: 0.06 * generator.normal())
    let mirror = generator.chance(0.5) ? 1.0 : -1
    let stretch = 1 + 0.15 * generator.truncatedNormal()
    let width = scale * stretch * mirror
    let height = scale / stretch
    let hueShift = 0.03 * generator.normal()
    let fade = generator.uniform(in: 0.6...1.1)
    let dim = generator.uniform(in: 0.7...1.1)
    things.append(
      Thing(
        parts: subject.parts,
        palette: subject.palette.map {
          Colour(hue: $0.x + hueShift, saturation: min($0.y * fade, 1), value: min($0.z * dim, 1))
        },
        centre: place,
        toOwn: (SIMD2(cosine, sine) / width, SIMD2(-sine, cosine) / height),
        reach: 1.6 * scale * max(stretch, 1 / stretch), scale: scale))
  }

  /// The picture's bytes, `side × side × 3`.
  func bytes(side: Int, using generator: inout Generator) -> [UInt8] {
    let pixel = 1 / Double(side)
    var picture: [Colour] = []
    picture.reserveCapacity(side * side)
    for row in 0..<side {
      for column in 0..<side {
        let place = SIMD2(Double(column) + 0.5, Double(row) + 0.5) * pixel
        picture.append(background.colour(at: place, noise: noise))
      }
    }
    for thing in things { paint(thing, into: &picture, side: side) }
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

  private func paint(_ thing: Thing, into picture: inout [Colour], side: Int) {
    let columns = pixels(about: thing.centre.x, reach: thing.reach, side: side)
    let rows = pixels(about: thing.centre.y, reach: thing.reach, side: side)
    let pixel = 1 / Double(side)
    for part in thing.parts {
      let size = min(part.size.x, part.size.y)
      // The width of a pixel in the part's own plane.
      let softness = pixel / (thing.scale * size)
      for row in rows {
        for column in columns {
          let offset = SIMD2(Double(column) + 0.5, Double(row) + 0.5) * pixel - thing.centre
          let own =
            SIMD2(
              (offset * thing.toOwn.0).sum(), (offset * thing.toOwn.1).sum()) - part.centre
          let p =
            SIMD2(
              part.cosine * own.x + part.sine * own.y, part.cosine * own.y - part.sine * own.x)
            / part.size
          guard abs(p.x) < 1.5, abs(p.y) < 1.5 else { continue }
          let cover = min(max(0.5 - part.silhouette.distance(p) / softness, 0), 1)
          guard cover > 0 else { continue }
          let share = part.texture.amount(at: p, noise: noise, softness: softness)
          let paint = thing.palette[part.colours.0].mixed(
            with: thing.palette[part.colours.1], share)
          // Lit from above.
          let light = 1 - 0.25 * own.y / (part.size.x + part.size.y)
          let place = row * side + column
          picture[place] = picture[place].mixed(with: paint * light, cover)
        }
      }
    }
  }

  private func pixels(about centre: Double, reach: Double, side: Int) -> Range<Int> {
    let first = min(max(Int(((centre - reach) * Double(side)).rounded(.down)), 0), side)
    let last = min(max(Int(((centre + reach) * Double(side)).rounded(.up)), first), side)
    return first..<last
  }
}
