import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Heads against an independent implementation in JAX, in both precisions.
struct HeadFixtureTests {
  private func head(_ fixture: Fixture) -> any Head {
    switch fixture["kind"].text {
    case "prototypes": Prototypes()
    case "ridge": RidgeRegression(ridge: fixture["ridge"].number)
    default: machine(fixture)
    }
  }

  private func machine(_ fixture: Fixture) -> SupportVectorMachine {
    SupportVectorMachine(cost: fixture["cost"].number, diagonal: fixture["diagonal"].number)
  }

  @Test(arguments: Precision.allCases)
  func scoresAndGradientsAgree(precision: Precision) throws {
    for fixture in try Fixture.cases("heads") {
      let head = head(fixture)
      let episode = fixture["episode"].episode(ways: 3)
      let scale = DoubleArray(shape: [], values: [fixture["scale"].number])
      let found = precision.values(
        like: episode.single, scale.single, at: episode.leaves + [scale.values]
      ) { (episode: Episode<Tensor>, scale: Tensor) in
        let scores = head.scores(for: episode.query.inputs, after: episode.support)
        let loss = crossEntropy(scale * scores, episode.query.targets)
        let slopes = gradient(
          of: loss, withRespectTo: [episode.support.inputs, episode.query.inputs, scale])
        return [scores, loss] + slopes
      }
      let name = Comment(rawValue: fixture["name"].text)
      let tolerance = precision.tolerance
      #expect(deviation([found[0]], from: [fixture["scores"].array.values]) < tolerance, name)
      #expect(deviation([found[1]], from: [[fixture["loss"].number]]) < tolerance, name)
      for (part, values) in zip(["support", "query", "scale"], found.dropFirst(2)) {
        let expected = fixture["gradient"][part].array.values
        #expect(deviation([values], from: [expected]) < tolerance, name)
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func dualsAgree(precision: Precision) throws {
    for fixture in try Fixture.cases("heads") where fixture["kind"].text == "machine" {
      let support = fixture["episode"]["support"].batch(ways: 3)
      let found = precision.values(like: support.single, at: support.leaves) {
        (support: Batch<Tensor>) in machine(fixture).duals(of: support)
      }
      #expect(
        deviation(found, from: [fixture["duals"].array.values]) < precision.tolerance)
    }
  }
}
