import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Our learners against an independent implementation in JAX, in both precisions.
struct PeerFixtureTests {
  /// Query loss, meta-gradient, adapted weights and support losses of a learner.
  private func check<Learner: AdaptingLearner>(
    _ learner: (Order, Int) -> Learner, meta: Parameters<DoubleArray>,
    episode: Episode<DoubleArray>, result: Fixture, gradient: (Fixture) -> [[Double]],
    _ precision: Precision, tolerance: Double
  ) {
    let steps = result["steps"].int
    for (order, key) in [(Order.first, "firstOrder"), (.second, "secondOrder")] {
      let found = precision.values(
        like: meta.single, episode.single, at: meta.values + episode.leaves
      ) { (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
        learner(order, steps).metaGradient(at: meta, of: episode)
      }
      let loss = result["queryLoss"].number
      #expect(abs(found[0][0] - loss) < tolerance * abs(loss))
      #expect(deviation(Array(found.dropFirst(2)), from: gradient(result[key])) < tolerance)
    }
  }

  private func check(_ file: String, _ precision: Precision) throws {
    for fixture in try Fixture.cases(file) {
      let isRegression = file == "mlp-sine"
      let meta = fixture["weights"].parameters(fixture.names).scoped("model")
      let episode = fixture["episode"].episode(ways: 3)
      let rate = fixture["innerRate"].number
      let adapts: Layers = file == "anil" ? .head : .all
      // On the other side of a kink, single precision sees another function.
      let isSmooth = fixture["network"]["activation"].text != "relu"
      let tolerance = precision == .plan && !isSmooth ? 1e-4 : precision.tolerance
      for result in fixture["results"].list {
        let expected = { (part: Fixture) in part.parameters(fixture.names).values }
        let rule = GradientDescent(rate: rate)
        if isRegression {
          check(
            {
              GradientLearner(
                model: fixture["network"].perceptron, rule: rule, steps: $1, adapts: adapts,
                order: $0, loss: .meanSquaredError)
            }, meta: meta, episode: episode, result: result, gradient: expected, precision,
            tolerance: tolerance)
        } else {
          check(
            {
              GradientLearner(
                model: fixture["network"].convolutionalNetwork, rule: rule, steps: $1,
                adapts: adapts, order: $0)
            }, meta: meta, episode: episode, result: result, gradient: expected, precision,
            tolerance: tolerance)
        }
      }
    }
  }

  @Test(
    arguments: ["maml-conv-2", "maml-conv-4", "maml-conv-pool", "mlp-sine", "anil"],
    Precision.allCases)
  func metaGradientsAgree(file: String, precision: Precision) throws {
    try check(file, precision)
  }

  @Test(arguments: Precision.allCases)
  func metaSGDAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("meta-sgd") {
      let names = fixture.names
      let both = { (part: Fixture) in
        part["weights"].parameters(names).scoped("model").replacing(
          part["rates"].parameters(names).scoped("rule"))
      }
      for result in fixture["results"].list {
        check(
          {
            GradientLearner(
              model: fixture["network"].convolutionalNetwork, rule: MetaSGD(initialRate: 0),
              steps: $1, order: $0)
          }, meta: both(fixture["meta"]), episode: fixture["episode"].episode(ways: 3),
          result: result, gradient: { both($0).values }, precision, tolerance: precision.tolerance)
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func metaCurvatureAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("meta-curvature") {
      let rule = MetaCurvature(rate: fixture["innerRate"].number)
      checkRule(fixture, rule, precision) { $0["curvature"].groups(fixture.names) }
    }
  }

  @Test(arguments: Precision.allCases)
  func metaKFOAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("kfo") {
      let rule = MetaKFO(
        rate: fixture["innerRate"].number,
        factors: fixture["positiveSemiDefinite"].isTrue ? .semiDefinite : .free,
        hiddenLayers: fixture["hiddenLayers"].int)
      checkRule(fixture, rule, precision) { $0["optimiser"].groups(fixture.names) }
    }
  }

  /// A rule with parameters of its own, in both orders.
  private func checkRule(
    _ fixture: Fixture, _ rule: some UpdateRule, _ precision: Precision,
    own: @escaping (Fixture) -> Parameters<DoubleArray>
  ) {
    let both = { (part: Fixture) in
      part["weights"].parameters(fixture.names).scoped("model").replacing(
        own(part).scoped("rule"))
    }
    for result in fixture["results"].list {
      check(
        {
          GradientLearner(
            model: fixture["network"].convolutionalNetwork, rule: rule, steps: $1, order: $0)
        }, meta: both(fixture["meta"]), episode: fixture["episode"].episode(ways: 3),
        result: result, gradient: { both($0).values }, precision, tolerance: precision.tolerance)
    }
  }

  @Test(arguments: Precision.allCases)
  func tNetAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("tnet") {
      for result in fixture["results"].list {
        check(
          {
            GradientLearner.tNet(
              fixture["network"].convolutionalNetwork, rate: fixture["innerRate"].number,
              steps: $1, order: $0)
          }, meta: fixture["weights"].parameters(fixture.names).scoped("model"),
          episode: fixture["episode"].episode(ways: 3), result: result,
          gradient: { $0.parameters(fixture.names).values }, precision,
          tolerance: precision.tolerance)
      }
    }
  }

  @Test(arguments: Precision.allCases)
  func linNetAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("linnet") {
      let isHeadAlone = fixture["adapts"].list.count < fixture.names.count
      for result in fixture["results"].list {
        check(
          {
            GradientLearner(
              model: fixture["network"].convolutionalNetwork,
              rule: GradientDescent(rate: fixture["innerRate"].number), steps: $1,
              adapts: isHeadAlone ? .head : .all, order: $0)
          }, meta: fixture["weights"].parameters(fixture.names).scoped("model"),
          episode: fixture["episode"].episode(ways: 3), result: result,
          gradient: { $0.parameters(fixture.names).values }, precision,
          tolerance: precision.tolerance)
      }
    }
  }

  @Test(arguments: ["maml-conv-2", "maml-conv-pool"], Precision.allCases)
  func adaptationsAgree(file: String, precision: Precision) throws {
    for fixture in try Fixture.cases(file) {
      let meta = fixture["weights"].parameters(fixture.names).scoped("model")
      let support = fixture["episode"]["support"].batch(ways: 3)
      let network = fixture["network"].convolutionalNetwork
      for result in fixture["results"].list {
        let learner = MAML(network, rate: fixture["innerRate"].number, steps: result["steps"].int)
        let found = precision.values(
          like: meta.single, support.single, at: meta.values + support.leaves
        ) { (meta: Parameters<Tensor>, support: Batch<Tensor>) in
          let adaptation = learner.adaptation(to: support, from: meta)
          let last = learner.loss(on: support, adaptation.weights)
          return Pair(adaptation.weights, adaptation.supportLosses + [last])
        }
        let tolerance = precision == .plan ? 1e-4 : 1e-9
        let adapted = result["adapted"].parameters(fixture.names).values
        let losses = result["supportLosses"].list.map { [$0.number] }
        #expect(deviation(Array(found.prefix(adapted.count)), from: adapted) < tolerance)
        #expect(deviation(Array(found.dropFirst(adapted.count)), from: losses) < tolerance)
      }
    }
  }
}
