import Episodes
import Tensors
import Testing

struct LinearEpisodesTests {
  /// The least-squares slope of many points has the variance 1/n around θ, and residuals that of 1.
  @Test func regressionsAreLinesSeenThroughNoise() {
    let source = LinearRegressions(shots: 400, queries: 400)
    var (slopes, residuals): ([Double], [Double]) = ([], [])
    for episode in source.episodes(200, seed: 3) {
      func sums(_ batch: Batch<ShapedArray>) -> (xx: Double, xy: Double, yy: Double) {
        zip(batch.inputs.scalars, batch.targets.scalars).reduce(into: (0, 0, 0)) { sum, point in
          let (x, y) = (Double(point.0), Double(point.1))
          sum = (sum.0 + x * x, sum.1 + x * y, sum.2 + y * y)
        }
      }
      let (support, query) = (sums(episode.support), sums(episode.query))
      let slope = support.xy / support.xx
      slopes.append(slope)
      residuals.append((query.yy - 2 * slope * query.xy + slope * slope * query.xx) / 400)
    }
    let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(slopes)) < 0.25)
    #expect(abs(mean(slopes.map { $0 * $0 }) - 1) < 0.35)
    #expect(abs(mean(residuals) - 1) < 0.02)
  }

  private func bestAccuracy(_ labels: LinearSeparations.Labels) -> Double {
    // Averaging (2y − 1) x over many points finds the direction of θ.
    let source = LinearSeparations(shots: 2_000, queries: 500, labels: labels)
    let accuracies = source.episodes(60, seed: 1).map { episode in
      var direction: [Float] = [0, 0]
      for (place, y) in episode.support.targets.scalars.enumerated() {
        for axis in 0..<2 {
          direction[axis] += (2 * y - 1) * episode.support.inputs.scalars[2 * place + axis]
        }
      }
      let x = episode.query.inputs.scalars
      return episode.query.targets.scalars.indices.reduce(0.0) { sum, place in
        let logit = direction[0] * x[2 * place] + direction[1] * x[2 * place + 1]
        return sum + ((logit > 0) == (episode.query.targets.scalars[place] == 1) ? 1 : 0)
      } / 500
    }
    return accuracies.reduce(0, +) / 60
  }

  @Test func deterministicLabelsCanBeSeparated() { #expect(bestAccuracy(.deterministic) > 0.97) }

  /// With labels drawn by σ(θᵀx) no classifier is right in more than 69 % of cases.
  @Test func sampledLabelsCannot() { #expect(abs(bestAccuracy(.sampled) - 0.69) < 0.03) }
}
