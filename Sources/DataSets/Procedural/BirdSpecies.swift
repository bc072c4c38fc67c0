import Episodes

/// What the pictures of a class have in common: a bird with its marks.
struct BirdSpecies {
  let genus: BirdGenus
  /// The colours of the parts, as hue, saturation and value.
  let palette: [SIMD3<Double>]
  private let breast: Texture
  private let wing: Texture
  private let tail: Texture
  private let hasEyeStripe: Bool
  private let hasEyeRing: Bool
  private let hasBand: Bool
  private let hasCap: Bool
  private let hasCrest: Bool

  /// The places of colours in the palette.
  private enum Plumage: Int, CaseIterable {
    case back, belly, wing, crown, throat, mark, beak, leg, eye
  }

  init(of genus: BirdGenus, using generator: inout Generator) {
    self.genus = genus
    func shade(_ ground: SIMD3<Double>, _ generator: inout Generator) -> SIMD3<Double> {
      SIMD3(
        ground.x + 0.02 * generator.normal(),
        min(max(ground.y + 0.1 * generator.normal(), 0), 1),
        min(max(ground.z * (1 + 0.18 * generator.normal()), 0.08), 1))
    }
    let back = shade(genus.back, &generator)
    let belly = shade(genus.belly, &generator)
    // Signals are bright, black or white.
    func signal(_ generator: inout Generator) -> SIMD3<Double> {
      generator.element(of: [
        SIMD3(0.0, 0.85, 0.75), SIMD3(0.14, 0.85, 0.95), SIMD3(0.6, 0.7, 0.75),
        SIMD3(0.6, 0.1, 0.1), SIMD3(0.1, 0.03, 0.97), SIMD3(0.06, 0.8, 0.9),
      ])
    }
    let wing = shade(generator.chance(0.6) ? back : SIMD3(0.6, 0.1, 0.25), &generator)
    let crown = generator.chance(0.5) ? shade(back, &generator) : signal(&generator)
    let throat = generator.chance(0.5) ? shade(belly, &generator) : signal(&generator)
    let mark = signal(&generator)
    let beak = generator.element(of: [
      SIMD3(0.1, 0.2, 0.15), SIMD3(0.1, 0.8, 0.85), SIMD3(0.08, 0.3, 0.5),
    ])
    palette = [
      back, belly, wing, crown, throat, mark, beak, SIMD3(0.07, 0.5, 0.35), SIMD3(0, 0.1, 0.05),
    ]
    breast = generator.element(of: [
      .plain, .plain, .stripes(direction: SIMD2(1, 0), frequency: 4.5),
      .spots(frequency: 3.2, radius: 0.28), .mottled(frequency: 3),
    ])
    self.wing = generator.element(of: [
      .plain, .stripes(direction: SIMD2(1, 0), frequency: 1.4),
      .stripes(direction: SIMD2(1, 0), frequency: 2.4), .mottled(frequency: 2.5),
      .stripes(direction: SIMD2(0, 1), frequency: 1.1),
    ])
    tail = generator.element(of: [
      .plain, .stripes(direction: SIMD2(1, 0), frequency: 2), .plain,
    ])
    hasEyeStripe = generator.chance(0.4)
    hasEyeRing = generator.chance(0.3)
    hasBand = generator.chance(0.3)
    hasCap = generator.chance(0.6)
    hasCrest = generator.chance(0.2)
  }

  /// The bird's parts, the hindmost first, its head turned from where it looks by some turns.
  func parts(nodding nod: Double) -> [ThingPart] {
    let body = SIMD2(0.62, 0.62 * genus.plumpness)
    let neck = SIMD2(0.4, -0.32)
    var parts = [
      part(
        .box, at: SIMD2(-0.5 - genus.tailLength * 0.8, 0.24), SIMD2(genus.tailLength, 0.13),
        turned: -0.04, .wing, tail, .mark),
      part(.box, at: SIMD2(-0.04, 0.42 + genus.legLength), SIMD2(0.025, 0.25), .leg),
      part(.box, at: SIMD2(0.1, 0.42 + genus.legLength), SIMD2(0.025, 0.25), .leg),
      part(.ellipse, at: SIMD2(0, 0), body, turned: -0.05, .back),
      part(
        .ellipse, at: SIMD2(0.12, 0.12), body * SIMD2(0.78, 0.72), turned: -0.06, .belly, breast,
        .back),
    ]
    if hasBand {
      parts.append(
        part(.ellipse, at: SIMD2(0.4, -0.04), SIMD2(0.07, 0.27), turned: 0.07, .mark))
    }
    parts.append(
      part(
        .ellipse, at: SIMD2(-0.2, 0.0), SIMD2(0.5, 0.24), turned: -0.045, .wing, wing, .mark))
    return parts + head.map { turned($0, about: neck, by: nod) }
  }

  private var head: [ThingPart] {
    let size = genus.headSize
    let centre = SIMD2(0.5, -0.46)
    var parts: [ThingPart] = []
    if hasCrest {
      parts.append(
        part(
          .ellipse, at: centre + SIMD2(-0.8, -0.8) * size, SIMD2(0.35, 0.9) * size,
          turned: -0.12, .crown))
    }
    parts += [
      // The apex of a wedge points down: a quarter turn makes it a beak.
      part(
        .wedge, at: centre + SIMD2(size * 0.8 + genus.beakLength * 0.8, 0.02),
        SIMD2(genus.beakThickness, genus.beakLength), turned: -0.25, .beak),
      part(.ellipse, at: centre, SIMD2(1.05, 1) * size, .back),
      part(.ellipse, at: centre + SIMD2(0.3, 0.5) * size, SIMD2(0.72, 0.6) * size, .throat),
    ]
    if hasCap {
      parts.append(
        part(.ellipse, at: centre + SIMD2(-0.05, -0.55) * size, SIMD2(0.85, 0.5) * size, .crown))
    }
    if hasEyeStripe {
      parts.append(
        part(.box, at: centre + SIMD2(0.1, -0.1) * size, SIMD2(0.95, 0.14) * size, .mark))
    }
    if hasEyeRing {
      parts.append(
        part(.ellipse, at: centre + SIMD2(0.35, -0.12) * size, SIMD2(0.3, 0.3) * size, .belly))
    }
    parts.append(
      part(.ellipse, at: centre + SIMD2(0.35, -0.12) * size, SIMD2(0.17, 0.17) * size, .eye))
    return parts
  }

  private func part(
    _ silhouette: Silhouette, at centre: SIMD2<Double>, _ size: SIMD2<Double>,
    turned turns: Double = 0, _ colour: Plumage, _ texture: Texture = .plain,
    _ second: Plumage? = nil
  ) -> ThingPart {
    let (sine, cosine) = StableMath.sineAndCosine(turns: turns)
    return ThingPart(
      silhouette: silhouette, centre: centre, size: size, sine: sine, cosine: cosine,
      texture: texture, colours: (colour.rawValue, (second ?? colour).rawValue))
  }

  private func turned(
    _ part: ThingPart, about pivot: SIMD2<Double>, by turns: Double
  ) -> ThingPart {
    let (sine, cosine) = StableMath.sineAndCosine(turns: turns)
    let offset = part.centre - pivot
    return ThingPart(
      silhouette: part.silhouette,
      centre: pivot
        + SIMD2(cosine * offset.x - sine * offset.y, sine * offset.x + cosine * offset.y),
      size: part.size, sine: part.sine * cosine + part.cosine * sine,
      cosine: part.cosine * cosine - part.sine * sine, texture: part.texture,
      colours: part.colours)
  }
}
