import Episodes
import Execution
import Experiments
import Measurements
import MetaLearners
import Networks
import Statistics
import Tensors
import Training

/// MAML with one inner step on a linear network, meta-trained on a fixed list of synthetic episodes.
///
/// Besides the network itself, the network with all its layers multiplied into one before the inner
/// step is judged (section B.3).
package struct SyntheticTraining<Source: EpisodeSource>: Sendable {
  var network: LinearNetwork
  var loss: Loss
  /// α.
  var rate: Double
  var episodes: Source
  var schedule: SyntheticSchedule
  var seed: UInt64

  private typealias Run = MetaTraining<MAML<LinearNetwork>, PoolDraws<Source>>

  private var training: Run {
    MetaTraining(
      learner: MAML(network, rate: rate, steps: 1, loss: loss),
      episodes: PoolDraws(
        from: EpisodePool(
          of: episodes, count: schedule.trainingEpisodes, name: "training", seed: Int(seed))),
      schedule: Schedule(
        epochs: schedule.epochs, iterationsPerEpoch: schedule.iterations / schedule.epochs,
        batch: schedule.batch, rate: .constant(schedule.rate)),
      optimizer: SGD(momentum: schedule.momentum), seed: Int(seed))
  }

  /// How it does on some kinds of episodes, over its meta-training or before it.
  package func study(
    of kinds: [SyntheticOutcome.Kind], isTrained: Bool = true
  ) throws -> Study<SyntheticOutcome> {
    let (training, schedule) = (training, schedule)
    let epochs = isTrained ? Array(0...schedule.epochs) : [0]
    func points<Start: Trained>(
      _ start: Start, _ episodes: some EpisodeSource
    ) throws -> Study<[EvaluationOutcome]> {
      try Study(
        Evaluation(
          of: start, afterEpochs: epochs, on: episodes, count: schedule.testEpisodes,
          seed: Int(seed)))
    }
    return try Study<[[EvaluationOutcome]]>.all(
      kinds.map { kind in
        switch kind {
        case .training: try points(training, training.episodes.pool)
        case .test: try points(training, episodes)
        case .collapsed: try points(Collapsed(training: training), episodes)
        }
      }
    ).map { found in
      SyntheticOutcome(
        iterations: epochs.map { $0 * schedule.iterations / schedule.epochs },
        curves: Dictionary(
          uniqueKeysWithValues: zip(kinds, found.map { SyntheticOutcome.Curves($0) })))
    }
  }
}

/// The outer loop of a synthetic problem, and how it is judged.
package struct SyntheticSchedule: Sendable {
  var iterations: Int
  /// The equal parts after each of which it is judged.
  var epochs: Int
  var batch: Int
  /// β, of the outer loop.
  var rate: Double
  /// The momentum; 0 for plain descent.
  var momentum: Double
  var trainingEpisodes: Int
  var testEpisodes: Int
}

/// Meta-trained layers that are multiplied into one before anything adapts.
private struct Collapsed<Source: EpisodeSource>: Trained {
  private let kind = "collapsed"
  let training: MetaTraining<MAML<LinearNetwork>, Source>

  init(training: MetaTraining<MAML<LinearNetwork>, Source>) { self.training = training }

  var learner: MAML<LinearNetwork> {
    var shallow = training.learner
    shallow.model = shallow.model.collapsed
    return shallow
  }

  var seed: Int { training.seed }

  func metaParameters(
    of trained: TrainedWeights, afterEpoch epoch: Int
  ) -> Parameters<ShapedArray> {
    let model = training.learner.model
    let program = Program(like: trained.weights) { (weights: Parameters<Tensor>) in
      model.collapse(weights.scope("model")).scoped("model")
    }
    return program(trained.weights, in: program.makeArena())
  }
}

/// What came of a synthetic meta-training.
package struct SyntheticOutcome: Codable, Equatable, Sendable {
  /// Which episodes answer, and with which network.
  package enum Kind: String, Codable, CodingKeyRepresentable, Sendable {
    /// Those that it is trained on.
    case training
    /// Unseen ones.
    case test
    /// Unseen ones, with the layers multiplied into one before the inner step.
    case collapsed
  }

  /// Means over episodes, by the number of updates before.
  package struct Curves: Codable, Equatable, Sendable {
    /// The query loss after the inner step.
    package var loss: [Double]
    /// The query loss before it.
    package var lossBefore: [Double]
    /// The query accuracy after the inner step.
    package var accuracy: [Double]

    fileprivate init(_ points: [EvaluationOutcome]) {
      loss = points.map(\.loss)
      lossBefore = points.map { $0.losses[0] }
      accuracy = points.map(\.accuracy)
    }
  }

  /// The numbers of updates after which it was judged.
  package var iterations: [Int]
  package var curves: [Kind: Curves]
}

extension PerSeed<SyntheticOutcome> {
  /// The updates after which it was judged.
  package var iterations: [Int] { values[0].iterations }

  /// A measure over the meta-training, on one kind of episodes.
  package func curves(
    _ kind: SyntheticOutcome.Kind, _ measure: (SyntheticOutcome.Curves) -> [Double]
  ) -> PerSeed<[Double]> {
    map {
      guard let curves = $0.curves[kind] else { fatalError("\(kind.rawValue) was not asked for") }
      return measure(curves)
    }
  }

  /// A measure at the end.
  package func last(
    _ kind: SyntheticOutcome.Kind = .test, _ measure: (SyntheticOutcome.Curves) -> [Double]
  ) -> PerSeed<Double> { curves(kind, measure).map { $0[$0.count - 1] } }
}
