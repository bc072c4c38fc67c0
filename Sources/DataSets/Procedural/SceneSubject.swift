import Episodes

/// What the pictures of a class have in common: a thing of a few parts, its colours and patterns,
/// the company it keeps and the places where it is found.
struct SceneSubject {
  let parts: [ThingPart]
  /// The thing's colours as hue, saturation and value.
  let palette: [SIMD3<Double>]
  /// How many of the thing are usually seen.
  let company: ClosedRange<Int>
  /// The kinds of place, by the number that ``SceneBackground`` gives them.
  let places: [Int]

  init(using generator: inout Generator) {
    palette = (0..<3).map { _ in
      SIMD3(
        generator.uniform(), generator.uniform(in: 0.25...0.95), generator.uniform(in: 0.25...1))
    }
    let body = SceneSubject.part(at: SIMD2(0, 0), scale: 0.62, colour: 0, using: &generator)
    var parts = [body]
    let mirrored = generator.chance(0.5)
    for _ in 0..<1 + generator.index(below: 3) {
      let (sine, cosine) = StableMath.sineAndCosine(turns: generator.uniform())
      let centre = SIMD2(cosine, sine) * generator.uniform(in: 0.35...0.85)
      let colour = 1 + generator.index(below: 2)
      let part = SceneSubject.part(
        at: centre, scale: generator.uniform(in: 0.22...0.5), colour: colour, using: &generator)
      if mirrored {
        let twin = ThingPart(
          silhouette: part.silhouette, centre: SIMD2(-centre.x, centre.y), size: part.size,
          sine: -part.sine, cosine: part.cosine, texture: part.texture, colours: part.colours)
        parts.append(twin)
      }
      // Some parts are behind the body, some on it.
      parts.insert(part, at: generator.chance(0.5) ? 0 : parts.count)
    }
    self.parts = parts
    company = generator.element(of: [1...1, 1...1, 1...2, 2...4])
    places = generator.choose(3, below: SceneBackground.kinds)
  }

  private static func part(
    at centre: SIMD2<Double>, scale: Double, colour: Int, using generator: inout Generator
  ) -> ThingPart {
    let (sine, cosine) = StableMath.sineAndCosine(turns: generator.uniform())
    let stretch = generator.uniform(in: 0.65...1.5).squareRoot()
    return ThingPart(
      silhouette: .random(using: &generator), centre: centre,
      size: SIMD2(scale * stretch, scale / stretch), sine: sine, cosine: cosine,
      texture: .random(using: &generator), colours: (colour, (colour + 1) % 3))
  }
}
