import Episodes

/// What the species of a genus have in common: proportions, the ground of the plumage, the places
/// where they live.
struct BirdGenus {
  /// Height over length of the body.
  let plumpness: Double
  let headSize: Double
  let beakLength: Double
  let beakThickness: Double
  let tailLength: Double
  let legLength: Double
  /// How upright it sits, in turns.
  let posture: Double
  /// The ground of back and belly as hue, saturation and value.
  let back: SIMD3<Double>
  let belly: SIMD3<Double>
  /// The kinds of place, by the number that ``SceneBackground`` gives them.
  let places: [Int]

  init(using generator: inout Generator) {
    plumpness = generator.uniform(in: 0.58...0.85)
    headSize = generator.uniform(in: 0.2...0.3)
    beakLength = generator.uniform(in: 0.09...0.32)
    beakThickness = generator.uniform(in: 0.05...0.11)
    tailLength = generator.uniform(in: 0.25...0.55)
    legLength = generator.uniform(in: 0.08...0.3)
    posture = generator.uniform(in: 0.03...0.11)
    back = generator.element(of: BirdGenus.backs)
    belly = generator.element(of: BirdGenus.bellies)
    places = generator.choose(2, below: SceneBackground.kinds)
  }

  /// Brown, grey, olive, black, rust, blue.
  private static let backs = [
    SIMD3(0.08, 0.45, 0.45), SIMD3(0.6, 0.08, 0.5), SIMD3(0.18, 0.4, 0.42),
    SIMD3(0.65, 0.2, 0.16), SIMD3(0.05, 0.6, 0.5), SIMD3(0.59, 0.55, 0.55),
  ]
  /// White, cream, yellow, buff, grey, orange.
  private static let bellies = [
    SIMD3(0.1, 0.03, 0.95), SIMD3(0.12, 0.2, 0.9), SIMD3(0.15, 0.75, 0.9),
    SIMD3(0.09, 0.4, 0.75), SIMD3(0.6, 0.06, 0.7), SIMD3(0.07, 0.75, 0.85),
  ]
}
