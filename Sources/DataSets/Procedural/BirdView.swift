import Episodes

/// One picture of a bird: its pose, the branch it sits on, where it was taken, and in what light.
struct BirdView {
  private let noise: ValueNoise
  private let background: SceneBackground
  private let things: [PaintedThing]
  private let cast: Colour
  private let exposure: Double
  private let grain: Double

  init(of species: BirdSpecies, using generator: inout Generator) {
    noise = ValueNoise(using: &generator)
    background = SceneBackground(
      kind: generator.chance(0.6)
        ? generator.element(of: species.genus.places)
        : generator.index(below: SceneBackground.kinds),
      using: &generator)
    let warmth = 0.08 * generator.normal()
    cast = Colour(1 + warmth, 1 + 0.02 * generator.normal(), 1 - warmth)
    exposure = 1 + 0.17 * generator.truncatedNormal()
    grain = generator.uniform(in: 0.01...0.05)
    let scale = generator.uniform(in: 0.27...0.42)
    let place =
      SIMD2(0.5, 0.5)
      + 0.05 * SIMD2(generator.truncatedNormal(), generator.truncatedNormal())
    let bird = Self.bird(species, at: place, scale: scale, using: &generator)
    let feet = place + SIMD2(0, scale * (0.62 + species.genus.legLength))
    let branch = Self.branch(at: feet, using: &generator)
    let leaves = (0..<generator.index(below: 3)).map { _ in Self.leaf(using: &generator) }
    things = [branch, bird] + leaves
  }

  private static func bird(
    _ species: BirdSpecies, at place: SIMD2<Double>, scale: Double,
    using generator: inout Generator
  ) -> PaintedThing {
    let lean = 0.035 * generator.normal() - species.genus.posture
    let (sine, cosine) = StableMath.sineAndCosine(turns: lean)
    let mirror = generator.chance(0.5) ? 1.0 : -1
    // A bird that is turned towards the camera is shorter.
    let width = scale * generator.uniform(in: 0.72...1.05)
    let height = scale * generator.uniform(in: 0.92...1.08)
    let fade = generator.uniform(in: 0.75...1.1)
    let dim = generator.uniform(in: 0.75...1.1)
    let palette = species.palette.map { colour in
      Colour(
        hue: colour.x + 0.012 * generator.normal(), saturation: min(colour.y * fade, 1),
        value: min(colour.z * dim, 1))
    }
    return PaintedThing(
      parts: species.parts(nodding: 0.035 * generator.normal()), palette: palette, centre: place,
      toOwn: (
        SIMD2(mirror * cosine / width, sine / width),
        SIMD2(-mirror * sine / height, cosine / height)
      ), reach: 1.75 * scale, scale: scale)
  }

  private static func branch(
    at place: SIMD2<Double>, using generator: inout Generator
  ) -> PaintedThing {
    let (sine, cosine) = StableMath.sineAndCosine(turns: 0.03 * generator.normal())
    let part = ThingPart(
      silhouette: .box, centre: SIMD2(0, 0),
      size: SIMD2(1.2, generator.uniform(in: 0.02...0.05)), sine: sine, cosine: cosine,
      texture: .mottled(frequency: 4), colours: (0, 1))
    let colour = Colour(
      hue: 0.08, saturation: 0.35, value: generator.uniform(in: 0.2...0.5))
    return PaintedThing(
      parts: [part], palette: [colour, colour * 0.6], centre: place,
      toOwn: (SIMD2(1, 0), SIMD2(0, 1)), reach: 2, scale: 1)
  }

  /// Something green near the border, before everything else.
  private static func leaf(using generator: inout Generator) -> PaintedThing {
    let (sine, cosine) = StableMath.sineAndCosine(turns: generator.uniform())
    let part = ThingPart(
      silhouette: .ellipse, centre: SIMD2(0, 0), size: SIMD2(1, 0.4), sine: sine, cosine: cosine,
      texture: .plain, colours: (0, 0))
    let scale = generator.uniform(in: 0.06...0.16)
    let (across, along) = StableMath.sineAndCosine(turns: generator.uniform())
    let place = SIMD2(0.5, 0.5) + 0.46 * SIMD2(along, across)
    let colour = Colour(
      hue: 0.27 + 0.04 * generator.normal(), saturation: generator.uniform(in: 0.3...0.7),
      value: generator.uniform(in: 0.25...0.7))
    return PaintedThing(
      parts: [part], palette: [colour], centre: place,
      toOwn: (SIMD2(1, 0) / scale, SIMD2(0, 1) / scale), reach: 1.5 * scale, scale: scale)
  }

  /// The picture's bytes, `side × side × 3`.
  func bytes(side: Int, using generator: inout Generator) -> [UInt8] {
    background.picture(
      side: side, of: things, noise: noise, cast: cast, exposure: exposure, grain: grain,
      using: &generator)
  }
}
