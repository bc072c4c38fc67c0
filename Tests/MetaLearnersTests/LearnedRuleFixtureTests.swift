import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Learned update rules against an independent implementation in JAX, in both precisions.
struct LearnedRuleFixtureTests {
  private func check<Rule: UpdateRule>(
    _ rule: Rule, _ fixture: Fixture, _ precision: Precision,
    meta gather: (Fixture) -> Parameters<DoubleArray>
  ) {
    let (meta, episode) = (gather(fixture["meta"]), fixture["episode"].episode(ways: 0))
    for result in fixture["results"].list {
      for (order, key) in [(Order.first, "firstOrder"), (.second, "secondOrder")] {
        let learner = GradientLearner(
          model: fixture["network"].perceptron, rule: rule, steps: result["steps"].int,
          order: order, loss: .meanSquaredError)
        let found = precision.values(
          like: meta.single, episode.single, at: meta.values + episode.leaves
        ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
          learner.metaGradient(at: meta, of: episode)
        }
        // Networks with kinks are another function on the other side of one, and logarithms of
        // small gradients have steep slopes.
        let tolerance = precision == .plan ? 2e-4 : 1e-9
        let loss = result["queryLoss"].number
        #expect(abs(found[0][0] - loss) < tolerance * abs(loss), "\(fixture["name"].text)")
        let expected = gather(result[key]).values
        #expect(
          deviation(Array(found.dropFirst(2)), from: expected) < tolerance,
          "\(fixture["name"].text), \(key), \(result["steps"].int) steps")
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func turtleAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("turtle") {
      var rule = TURTLE(
        inputs: fixture["inputs"].list.compactMap { TURTLE.Input(rawValue: $0.text) },
        hiddenLayers: 2, width: 4)
      let isLearned = fixture["learnedRates"].isTrue
      if isLearned { rule.rates = .learned(from: 0...1) }
      let networkNames = fixture["networkNames"].list.map(\.text)
      check(ClippedGradient(rule, at: fixture["bound"].number), fixture, precision) { part in
        var own = part["network"].parameters(networkNames).scoped("network")
        if isLearned { own["rates"] = part["rates"].array }
        return part["weights"].parameters(fixture.names).scoped("model")
          .replacing(own.scoped("rule"))
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func lstmAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("lstm") {
      let rule = LSTMOptimizer(
        input: fixture["logarithms"].isTrue ? .logarithms : .gradient,
        hidden: fixture["hidden"].int, gradientScale: fixture["gradientScale"].number)
      let cellNames = fixture["cellNames"].list.map(\.text)
      let gateNames = fixture["gateNames"].list.map(\.text)
      check(rule, fixture, precision) { part in
        let own = part["cell"].parameters(cellNames).scoped("cell")
          .replacing(part["gates"].parameters(gateNames))
        return part["weights"].parameters(fixture.names).scoped("model")
          .replacing(own.scoped("rule"))
      }
    }
  }
}
