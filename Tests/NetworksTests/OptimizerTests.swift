import Networks
import Tensors
import TestSupport
import Testing

/// Adam and momentum against an independent implementation in JAX: five updates in a row.
struct OptimizerTests {
  private func check(
    _ optimizer: some Optimizer, _ fixture: Fixture, _ precision: Precision
  ) {
    let names = fixture.names
    let start = fixture["weights"].parameters(names)
    let initialState = optimizer.initialState(for: start.single)
    var state = initialState.leaves.map { $0.scalars.map(Double.init) }
    var weights = start.values
    for update in fixture["updates"].list {
      let gradient = update["gradient"].parameters(names)
      let found = precision.values(
        like: arrays(weights, start.single), gradient.single, arrays(state, initialState),
        ShapedArray(Float(fixture["rate"].number)),
        at: weights + gradient.values + state + [[fixture["rate"].number]]
      ) {
        (
          weights: Parameters<Tensor>, gradient: Parameters<Tensor>, state: Parameters<Tensor>,
          rate: Tensor
        ) in
        optimizer.updated(weights, along: gradient, state: state, rate: rate)
      }
      weights = Array(found.prefix(weights.count))
      state = Array(found.dropFirst(weights.count))
      let expected = update["weights"].parameters(names).values
      #expect(deviation(weights, from: expected) < precision.tolerance)
    }
  }

  private func arrays(
    _ numbers: [[Double]], _ like: Parameters<ShapedArray>
  ) -> Parameters<ShapedArray> {
    Parameters(
      names: like.names,
      leaves: zip(numbers, like.leaves).map {
        ShapedArray($0.map { Float($0) }, shape: $1.shape)
      })
  }

  @Test(arguments: Precision.allCases)
  func adamAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("adam") {
      let adam = Adam(
        meanDecay: fixture["beta1"].number, squareDecay: fixture["beta2"].number,
        epsilon: fixture["epsilon"].number)
      check(adam, fixture, precision)
    }
  }

  @Test(arguments: Precision.allCases)
  func momentumAgrees(precision: Precision) throws {
    for fixture in try Fixture.cases("sgd-momentum") {
      check(SGD(momentum: fixture["momentum"].number), fixture, precision)
    }
  }

  /// f = ½ θ² from θ = 1 with η = 0.1, μ = 0.5, λ = 0.2: two steps by hand.
  @Test func nesterovAndDecayFollowTheirFormulas() {
    let sgd = SGD(momentum: 0.5, isNesterov: true, weightDecay: 0.2)
    var (weight, velocity) = (1.0, 0.0)
    var (found, state) = (1.0, 0.0)
    for _ in 0..<2 {
      let slope = weight + 0.2 * weight
      velocity = 0.5 * velocity + slope
      weight -= 0.1 * (slope + 0.5 * velocity)
      let one = Parameters(names: ["w"], leaves: [ShapedArray(0)])
      let result = Precision.reference.values(
        like: one, one.scoped("velocity"), at: [[found], [state]]
      ) { (weights: Parameters<Tensor>, state: Parameters<Tensor>) in
        sgd.updated(weights, along: weights, state: state, rate: weights["w"].scalar(0.1))
      }
      (found, state) = (result[0][0], result[1][0])
      #expect(abs(found - weight) < 1e-15)
    }
  }

  @Test func schedulesFall() {
    #expect(RateSchedule.constant(0.1).rate(after: 1000) == 0.1)
    let steps = RateSchedule.steps(start: 1, factor: 0.5, every: 10)
    #expect([0, 9, 10, 29].map(steps.rate) == [1, 1, 0.5, 0.25])
    let cosine = RateSchedule.cosine(start: 2, updates: 100)
    #expect(cosine.rate(after: 0) == 2)
    #expect(abs(cosine.rate(after: 50) - 1) < 1e-12)
    #expect(abs(cosine.rate(after: 100)) < 1e-12)
  }
}
