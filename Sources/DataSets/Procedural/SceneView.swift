import Episodes

/// One picture of a subject: where it stands, in what light, amid what.
struct SceneView {
  private let noise: ValueNoise
  private let background: SceneBackground
  private var things: [PaintedThing] = []
  private let cast: Colour
  private let exposure: Double
  private let grain: Double

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
      PaintedThing(
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
    background.picture(
      side: side, of: things, noise: noise, cast: cast, exposure: exposure, grain: grain,
      using: &generator)
  }
}
