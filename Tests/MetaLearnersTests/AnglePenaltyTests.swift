import Episodes
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// The penalty on angles against an independent program in JAX, and its identities.
struct AnglePenaltyTests {
  private typealias Weights = Parameters<Tensor>

  /// A batch's rounds inside one program: the mean directions and pulls, and each meta-gradient.
  private static func rounds<Learner: AdaptingLearner>(
    _ learner: Learner, _ penalty: AnglePenalty, at meta: Weights, of episodes: [Episode<Tensor>]
  ) -> [MetaGradient<Tensor>] {
    func mean(_ terms: [Weights]) -> Weights {
      // Rounds hand over numbers.
      (terms.dropFirst().reduce(terms[0], +) / Double(terms.count)).stoppingGradient()
        .map { $0.asVariable() }
    }
    let displacements = episodes.map {
      learner.displacement(on: $0.support, from: meta).stoppingGradient()
    }
    let direction = mean(displacements.map(penalty.direction))
    let pulls = zip(episodes, displacements).map {
      learner.pull(onMean: direction, by: $0.query, after: $1, from: meta, penalty)
    }
    return episodes.map {
      learner.metaGradient(
        at: meta, of: $0, towards: direction,
        pull: penalty.isDifferentiated ? mean(pulls) : nil, penalty)
    }
  }

  @Test(arguments: Precision.allCases)
  func metaGradientsAgree(precision: Precision) throws {
    for fixture in try Fixture.cases("angle-penalty") {
      let meta = fixture["weights"].parameters(fixture.names).scoped("model")
      let episodes = fixture["episodes"].list.map { $0.episode(ways: 3) }
      for result in fixture["results"].list {
        var learner = MAML(
          fixture["network"].convolutionalNetwork, rate: fixture["innerRate"].number,
          steps: fixture["steps"].int, order: result["order"].text == "first" ? .first : .second)
        if !fixture["adaptsShift"].isTrue { learner.adapts = .except(["shift"]) }
        let penalty = AnglePenalty(
          coefficient: fixture["coefficient"].number,
          isDifferentiated: result["isDifferentiated"].isTrue)
        let found = precision.values(
          like: meta.single, episodes.map(\.single),
          at: meta.values + episodes.flatMap(\.leaves)
        ) { (meta: Weights, episodes: [Episode<Tensor>]) in
          let all = Self.rounds(learner, penalty, at: meta, of: episodes)
          let sum = all.dropFirst().reduce(all[0].gradient) { $0 + $1.gradient }
          return all.map(\.score.loss) + (sum / Double(all.count)).leaves
        }
        let name = Comment(
          rawValue: "\(fixture["name"].text), \(result["order"].text) order, \(penalty)")
        let losses = result["losses"].list.map { [$0.number] }
        #expect(
          deviation(Array(found.prefix(losses.count)), from: losses) < precision.tolerance, name)
        #expect(
          deviation(
            Array(found.dropFirst(losses.count)),
            from: result["gradient"].parameters(fixture.names).values) < precision.tolerance, name)
      }
    }
  }

  /// To first order a displacement is a constant, and so is all that is made of it.
  @Test func toFirstOrderNothingPassesThrough() throws {
    let fixture = try Fixture.cases("angle-penalty")[0]
    let meta = fixture["weights"].parameters(fixture.names).scoped("model")
    let episodes = fixture["episodes"].list.map { $0.episode(ways: 3) }
    let learner = MAML(
      fixture["network"].convolutionalNetwork, rate: 0.2, steps: 2, order: .first)
    let found = [true, false].map { isDifferentiated in
      Precision.reference.values(
        like: meta.single, episodes.map(\.single), at: meta.values + episodes.flatMap(\.leaves)
      ) { (meta: Weights, episodes: [Episode<Tensor>]) in
        Self.rounds(
          learner, AnglePenalty(coefficient: 0.5, isDifferentiated: isDifferentiated), at: meta,
          of: episodes
        ).flatMap(\.gradient.leaves)
      }
    }
    #expect(deviation(found[0], from: found[1]) < 1e-12)
  }

  @Test func theCorrectionIsOrthogonalToTheDirection() throws {
    let fixture = try Fixture.cases("angle-penalty")[0]
    let own = fixture["weights"].parameters(fixture.names)
    let mean = fixture["results"].list[0]["gradient"].parameters(fixture.names)
    let penalty = AnglePenalty(coefficient: 0.5)
    let found = Precision.reference.values(
      like: own.single, mean.single, at: own.values + mean.values
    ) { (own: Weights, mean: Weights) in
      let (u, correction) = (
        penalty.direction(of: own), penalty.correction(of: own, towards: mean)
      )
      let towardsItself = penalty.correction(of: own, towards: u)
      return [
        u.dot(correction), correction.squaredNorm().squareRoot(), u.squaredNorm(),
        correction.dot(mean), towardsItself.squaredNorm().squareRoot(),
      ]
    }.map { $0[0] }
    #expect(found[1] > 1e-3)
    #expect(abs(found[0]) < 1e-15 * found[1] / 1e-3)
    #expect(abs(found[2] - 1) < 1e-12)
    // Towards the mean; and nowhere, where the mean is the direction itself.
    #expect(found[3] > 0)
    #expect(found[4] < 1e-15)
  }

  /// To first order without a way through the correction, the gradient is the query's own at θ̂.
  @Test func theStoppedGradientIsTheQuerysAtTheCorrectedWeights() throws {
    let fixture = try Fixture.cases("angle-penalty")[0]
    let meta = fixture["weights"].parameters(fixture.names).scoped("model")
    let episode = fixture["episodes"].list[0].episode(ways: 3)
    let mean = fixture["results"].list[0]["gradient"].parameters(fixture.names)
    let learner = MAML(
      fixture["network"].convolutionalNetwork, rate: 0.2, steps: 2, order: .first)
    let penalty = AnglePenalty(coefficient: 0.5, isDifferentiated: false)
    let found = Precision.reference.values(
      like: meta.single, mean.single, episode.single,
      at: meta.values + mean.values + episode.leaves
    ) { (meta: Weights, mean: Weights, episode: Episode<Tensor>) in
      let displacement = learner.displacement(on: episode.support, from: meta)
      let corrected =
        (meta.scope("model") + displacement
        + penalty.correction(of: displacement, towards: mean)).map { $0.asVariable() }
      let slope = gradient(
        of: learner.loss(on: episode.query, corrected), withRespectTo: corrected)
      let found = learner.metaGradient(
        at: meta, of: episode, towards: mean, pull: nil, penalty)
      return found.gradient.leaves + slope.leaves
    }
    let (own, expected) = (found.prefix(found.count / 2), found.suffix(found.count / 2))
    #expect(deviation(Array(own), from: Array(expected)) < 1e-12)
  }
}
