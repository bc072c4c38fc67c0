import Episodes
import Execution
import MetaLearners
import Networks
import Tensors
import TestSupport
import Testing

/// Reptile against an independent program in NumPy, and its identities.
struct ReptileTests {
  private static let names = ["dense1/weight", "dense1/bias", "head/weight", "head/bias"]
  private typealias Weights = Parameters<Tensor>

  private func learner(coefficient: Double, rate: Double = 0.05) -> Reptile<Perceptron> {
    Reptile(
      Perceptron(widths: [3, 5, 4], activation: .tanh), batch: 6, rate: rate,
      clustering: coefficient)
  }

  private func weights(_ fixture: Fixture) -> Parameters<DoubleArray> {
    Parameters(names: Self.names, leaves: Self.names.map { fixture[$0].array })
  }

  /// The tasks of a meta-step: of arrays `[tasks, images, …]`.
  private func supports(_ step: Fixture) -> [Batch<DoubleArray>] {
    func parts(_ array: DoubleArray) -> [DoubleArray] {
      let shape = Shape(Array(array.shape.extents.dropFirst()))
      return (0..<array.shape[0]).map {
        DoubleArray(
          shape: shape, values: Array(array.values[$0 * shape.count..<($0 + 1) * shape.count]))
      }
    }
    return zip(parts(step["inputs"].array), parts(step["targets"].array)).map {
      Batch(inputs: $0, targets: $1)
    }
  }

  @Test(arguments: Precision.allCases)
  func metaStepsAgree(precision: Precision) throws {
    for fixture in try Fixture.cases("reptile") {
      let name = Comment(rawValue: fixture["name"].text)
      let learner = learner(
        coefficient: fixture["coefficient"].number, rate: fixture["rate"].number)
      let outerRate = DoubleArray(shape: [], values: [fixture["outerRate"].number])
      var start = weights(fixture["start"])
      let like = start.map(\.single)
      let fresh = learner.optimizer.initialState(for: like)
      var states = [[Double]](
        repeating: fresh.leaves.flatMap { $0.scalars.map { Double($0) } }, count: 3)
      for step in fixture["steps"].list {
        let tasks = supports(step)
        let singles = tasks.map { Batch(inputs: $0.inputs.single, targets: $0.targets.single) }
        func leaves(_ flat: [Double]) -> [[Double]] {
          var rest = flat[...]
          return fresh.leaves.map { leaf in
            defer { rest = rest.dropFirst(leaf.shape.count) }
            return Array(rest.prefix(leaf.shape.count))
          }
        }
        let stateArrays = states.map { flat in
          Parameters(
            names: fresh.names,
            leaves: zip(leaves(flat), fresh.leaves).map {
              ShapedArray($0.map { Float($0) }, shape: $1.shape)
            })
        }
        let found = precision.values(
          like: start.map(\.single), stateArrays, singles, outerRate.single,
          at: start.leaves.map(\.values) + states.flatMap(leaves)
            + tasks.flatMap { [$0.inputs.values, $0.targets.values] } + [outerRate.values]
        ) { (start: Weights, states: [Weights], tasks: [Batch<Tensor>], rate: Tensor) in
          let (paths, scores) = learner.paths(from: start, states: states, on: tasks)
          return learner.moved(start, towards: paths, rate: rate).leaves
            + paths.flatMap { $0.state.leaves } + scores.map(\.loss)
        }
        let expected = weights(step["start"])
        #expect(
          deviation(Array(found[..<4]), from: expected.leaves.map(\.values))
            < precision.tolerance, name)
        let count = fresh.leaves.count
        for (place, squares) in step["squares"].list.enumerated() {
          let own = Parameters(
            names: fresh.names,
            leaves: Array(found[4 + place * count..<4 + (place + 1) * count]))
          #expect(
            deviation(
              own.scope("square").leaves, from: weights(squares).leaves.map(\.values))
              < precision.tolerance, name)
          states[place] = own.leaves.flatMap(\.self)
        }
        #expect(
          deviation(Array(found.suffix(3)), from: step["losses"].list.map { [$0.number] })
            < precision.tolerance, name)
        start = Parameters(
          names: Self.names,
          leaves: zip(found, expected.leaves).map { DoubleArray(shape: $1.shape, values: $0) })
      }
    }
  }

  /// Without a coefficient, tasks in lock-step end where each would alone: every bit.
  @Test func plainTasksDoNotKnowOfEachOther() throws {
    let fixture = try Fixture.cases("reptile")[0]
    let learner = learner(coefficient: 0)
    let start = weights(fixture["start"]).map(\.single)
    let tasks = supports(fixture["steps"].list[0]).map {
      Batch(inputs: $0.inputs.single, targets: $0.targets.single)
    }
    let state = learner.optimizer.initialState(for: start)
    let together = Program(like: start, [state, state, state], tasks) {
      (start: Weights, states: [Weights], tasks: [Batch<Tensor>]) in
      learner.paths(from: start, states: states, on: tasks).paths.map(\.weights)
    }
    let ends = together(start, [state, state, state], tasks, in: together.makeArena())
    let meta = learner.metaParameters(start: start, state: state)
    let alone = Program(like: meta, tasks[0]) { (meta: Weights, task: Batch<Tensor>) in
      learner.adaptation(to: task, from: meta).weights
    }
    for (task, end) in zip(tasks, ends) {
      #expect(alone(meta, task, in: alone.makeArena()) == end)
    }
    #expect(ends[0] != ends[1])
  }

  /// R_i's slope by differentiation of the distance itself, its norms held.
  @Test func theSlopeOfTheDistanceIsItsDerivative() throws {
    let fixture = try Fixture.cases("reptile")[1]
    let (a, b) = (weights(fixture["start"]), weights(fixture["steps"].list[0]["start"]))
    let found = Precision.reference.values(
      like: a.map(\.single), b.map(\.single), at: (a.leaves + b.leaves).map(\.values)
    ) { (a: Weights, b: Weights) in
      let own = a.map { $0.asVariable() }
      let mean = (own + b) / 2
      let written = FilterDistance.gradient(at: own, fromMean: mean, of: 2)
      // ‖θ − φ‖² alone is differentiated: distances are divided by constants.
      let names = written.names
      let terms = names.map { name in
        let norms = mean[name].squared().summed(along: 0).stoppingGradient()
        return ((own[name] - mean[name]).squared().summed(along: 0) / norms).summed(along: 0)
      }
      let derived = gradient(of: terms[0] + terms[1], withRespectTo: names.map { own[$0] })
      return written.leaves + derived + [
        FilterDistance.squared(of: own, from: mean), terms[0] + terms[1],
      ]
    }
    #expect(deviation(Array(found[..<2]), from: Array(found[2..<4])) < 1e-12)
    #expect(deviation([found[4]], from: [found[5]]) < 1e-12)
  }
}
