import Episodes

/// The taste of an invented script: how its characters tend to be built.
struct GlyphAlphabet {
  /// The chance that a piece of a stroke is an arc rather than a straight line.
  let roundness: Double
  /// The mean number of strokes.
  let strokes: Double
  /// Directions of lines are drawn towards multiples of this part of a turn.
  let directions: Double
  /// The chance that a stroke begins on an earlier one.
  let attachment: Double
  /// Width over height of the box that characters fill.
  let aspect: Double

  init(using generator: inout Generator) {
    roundness = generator.uniform(in: 0.2...0.8)
    strokes = generator.uniform(in: 1.5...3)
    directions = generator.element(of: [0.25, 0.125, 1.0 / 6])
    attachment = generator.uniform(in: 0.55...0.9)
    aspect = generator.uniform(in: 0.8...1.25)
  }

  /// A character, its strokes in the unit square about the origin.
  func character(using generator: inout Generator) -> [Stroke] {
    let extra = strokes - 1 + 0.8 * generator.normal()
    let count = min(max(1 + Int(extra.rounded()), 1), 4)
    var character: [Stroke] = []
    for _ in 0..<count {
      // People's letters keep their strokes apart: of a few ideas, the clearest is kept.
      let ideas = (0..<8).map { _ in stroke(after: character, using: &generator) }
      let clutters = ideas.map { clutter(of: $0, among: character) }
      let clearest = ideas.indices.min { clutters[$0] < clutters[$1] } ?? 0
      character.append(ideas[clearest])
    }
    return fitted(character)
  }

  private func stroke(after earlier: [Stroke], using generator: inout Generator) -> Stroke {
    var place = SIMD2(generator.uniform(in: -0.5...0.5), generator.uniform(in: -0.5...0.5))
    if !earlier.isEmpty, generator.chance(attachment) {
      let points = generator.element(of: earlier).points()
      place = generator.element(of: points)
    }
    var heading = direction(using: &generator)
    var knots = [Stroke.Knot(place: place, isCorner: true)]
    let pieces = 1 + generator.index(below: earlier.isEmpty ? 3 : 2)
    for _ in 0..<pieces {
      let length = generator.uniform(in: 0.35...0.95)
      if generator.chance(roundness) {
        let side = generator.chance(0.5) ? 1.0 : -1
        let turn = side * generator.uniform(in: 0.25...0.9)
        let steps = 3 + Int((abs(turn) / 0.12).rounded(.down))
        // Long turns are walked on a longer path, so that loops stay open enough to be seen.
        let step = length * (0.6 + 1.2 * abs(turn)) / Double(steps)
        for _ in 0..<steps {
          heading += turn / Double(steps) / 2
          place += step * vector(heading)
          heading += turn / Double(steps) / 2
          knots.append(.init(place: place, isCorner: false))
        }
      } else {
        place += length * vector(heading)
        knots.append(.init(place: place, isCorner: true))
      }
      if generator.chance(0.6) {
        knots[knots.count - 1].isCorner = true
        heading += (generator.chance(0.5) ? 1 : -1) * generator.uniform(in: 0.2...0.42)
      }
    }
    return Stroke(knots: knots)
  }

  /// How much of a stroke runs close to other ink or out of the box: 0 is clear.
  private func clutter(of stroke: Stroke, among earlier: [Stroke]) -> Double {
    let own = stroke.points()
    let others = earlier.flatMap { $0.points() }
    var crowded = 0
    for (index, point) in own.enumerated() {
      // Neighbours on the stroke itself are close by nature.
      let rivals = others + own.prefix(max(index - 8, 0))
      let isClose = rivals.contains { rival in
        let offset = point - rival
        return offset.x * offset.x + offset.y * offset.y < 0.13 * 0.13
      }
      let isOutside = abs(point.x) > 0.65 || abs(point.y) > 0.65
      if isClose || isOutside { crowded += 1 }
    }
    return Double(crowded) / Double(own.count)
  }

  private func direction(using generator: inout Generator) -> Double {
    let heading = generator.uniform()
    let nearest = (heading / directions).rounded() * directions
    return nearest + 0.25 * (heading - nearest)
  }

  private func vector(_ turns: Double) -> SIMD2<Double> {
    let (sine, cosine) = StableMath.sineAndCosine(turns: turns)
    return SIMD2(cosine, sine)
  }

  /// The character moved and scaled into its box.
  private func fitted(_ character: [Stroke]) -> [Stroke] {
    let points = character.flatMap { $0.points() }
    let low = points.reduce(points[0]) { pointwiseMin($0, $1) }
    let high = points.reduce(points[0]) { pointwiseMax($0, $1) }
    let extent = pointwiseMax(high - low, SIMD2(repeating: 0.15))
    let box = SIMD2(aspect.squareRoot(), 1 / aspect.squareRoot())
    // Mostly one scale for both axes, so that circles stay round; a little of each axis' own.
    let own = box / extent
    let common = min(own.x, own.y)
    let scale = SIMD2(
      min(own.x, common * 1.25), min(own.y, common * 1.25))
    return character.map { stroke in
      Stroke(
        knots: stroke.knots.map {
          .init(place: ($0.place - (low + high) / 2) * scale, isCorner: $0.isCorner)
        })
    }
  }
}
