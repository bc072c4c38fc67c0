import DataSets
import Episodes
import Execution
import Experiments
import Huisman2022Setup
import MetaLearners
import Reproduction
import Tensors
import TestSupport
import Testing

struct ImageExperimentsTests {
  private static let options = FigureOptions(budget: .smoke, seeds: [3])

  @Test func thePaperBudgetIsThePaper() {
    let settings = ImageProtocol.of(.paper)
    #expect(settings.network().features == 576)
    var numbers = TestNumbers(seed: 0)
    let weights = settings.network().initialWeights(using: &numbers)
    #expect(weights.leaves.reduce(0) { $0 + $1.shape.count } == 115_973)
    #expect(settings.tasks == [1: 60_000, 5: 40_000] && settings.epochs * 2500 == 60_000)
    #expect(settings.mamlRate == 0.01 && settings.metaRate == 0.001)
    #expect(settings.lstmSteps == [1: 12, 5: 5] && settings.enhancedSteps == 8)
  }

  /// Overnight photographs alone are learned, and birds only judge.
  @Test func birdsAreLeftToThePapersBudgetOvernight() {
    #expect(ImageProtocol.of(.overnight).crossDomainSets == [.miniImageNet])
    #expect(ImageProtocol.of(.overnight).sets == [.miniImageNet])
    #expect(ImageProtocol.of(.paper).crossDomainSets == [.miniImageNet, .cub])
    #expect(ImageProtocol.of(.standard).crossDomainSets == [.miniImageNet, .cub])
  }

  /// Training from scratch is adaptation from random weights: no episode was learned from.
  @Test func scratchIsAdaptationFromARandomStart() async throws {
    let settings = ImageProtocol.of(.smoke)
    let place = ImagePlace(.trainFromScratch, .miniImageNet, shots: 1)
    let study = try ImageExperiments(on: [.miniImageNet], Self.options).study(place, seed: 3)
    let folder = try TemporaryFolder()
    let found = try await study.value(
      from: RunStore(folder: folder.url, progress: .standardError(isQuiet: true)))
    withExtendedLifetime(folder) {}

    let learner = GradientLearner(
      model: settings.network(), rule: InnerAdam(rate: settings.headRate),
      steps: settings.headSteps, order: .first)
    var start = Generator(seed: 3).split("initial weights")
    let meta = learner.initialParameters(using: &start)
    let images = Scenes(
      trainClasses: 10, validationClasses: 5, testClasses: 6, pictures: 20, side: settings.side,
      series: 1, seed: 3
    ).dataSet()
    let episodes = try ClassificationEpisodes(
      images: images.test, ways: 5, shots: 1, queries: 15, rotations: .none)
    let list = Generator(seed: 3).split("test")
    let program = Program(like: meta, episodes.episode(0, of: list)) {
      (meta: Parameters<Tensor>, episode: Episode<Tensor>) in
      Score(
        learner.predictions(for: episode.query.inputs, after: episode.support, from: meta),
        episode.query.targets, by: learner.loss
      ).accuracy
    }
    let arena = program.makeArena()
    let sum = (0..<settings.testTasks).reduce(0.0) {
      $0 + Double(program(meta, episodes.episode($1, of: list), in: arena).scalar)
    }
    #expect(abs(found.accuracy - sum / Double(settings.testTasks)) < 1e-6)
  }

  /// A model trained on one set is the same whatever set judges it: only test runs differ.
  @Test(arguments: [ImageMethod.maml, .foTURTLE, .enhancedLSTM, .finetuning, .baseline])
  func judgesShareTheTraining(method: ImageMethod) throws {
    let experiments = try ImageExperiments(on: ImageProtocol.bothSets, Self.options)
    func trainings(_ judge: ImageSet) throws -> [RunKey] {
      try experiments.study(
        ImagePlace(method, .miniImageNet, on: judge, shots: 1), seed: 3
      ).runs.map(\.key).filter { $0.name.contains("training") }
    }
    let (own, other) = (try trainings(.miniImageNet), try trainings(.cub))
    #expect(!own.isEmpty && own == other)
  }

  /// All methods of all cells have names of their own, in files and in the paper's table.
  @Test func namesAreDistinct() {
    let places = ImageMethod.allCases.flatMap { method in
      ImageProtocol.bothSets.flatMap { set in
        ImageProtocol.bothSets.flatMap { judge in
          ImageProtocol.shots.map { ImagePlace(method, set, on: judge, shots: $0) }
        }
      }
    }
    #expect(Set(places.map(\.key)).count == places.count)
    #expect(Set(places.map(\.paperName)).count == places.count)
  }
}
