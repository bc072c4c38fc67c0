import Claims
import DataSets
import CommonSetup
import Experiments
import Foundation
import MetaLearners
import Reproduction
import TestSupport
import Testing
import Training

@testable import Guiroy2019Setup

/// The table of presets against what the paper says, and its largest networks for a step.
struct PresetTests {
  @Test func thePaperIsTakenToTheLetter() {
    let characters = Preset.paper.characters
    #expect(characters.forms == [.init(5, 1), .init(5, 5), .init(20, 1), .init(20, 5)])
    #expect(characters.side == 28 && characters.filters == 64 && characters.rate == 0.1)
    #expect(characters.downsampling == .stride(2) && characters.batch == 16)
    let photographs = Preset.paper.photographs
    #expect(photographs.forms == [.init(5, 1), .init(5, 5)])
    #expect(photographs.side == 84 && photographs.filters == 48 && photographs.rate == 0.01)
    #expect(photographs.downsampling == .pooling(side: 2) && photographs.batch == 4)
    for settings in [characters, photographs] {
      #expect(settings.steps == 5 && settings.iterations == 500 && settings.epochs == 100)
      #expect(settings.outerRate == 1e-3)
      #expect(settings.trajectories == 500 && settings.curvatures == 60)
    }
    #expect(Preset.paper.seeds == 5)
  }

  /// Photographs with five shots are left out overnight by figures that show all forms and by those
  /// that list the paper's panels; at the paper's budget nothing is.
  @Test func whatIsLeftToThePapersBudgetIsLeftOut() {
    let sets = [ImageSet.miniImageNet, .omniglot]
    let listed = Panels.listed([
      .init(.miniImageNet, 5, 5, .first), .init(.miniImageNet, 5, 1, .first),
      .init(.omniglot, 20, 5, .second),
    ])
    func titles(_ budget: Budget, _ panels: Panels) -> Set<String> {
      let scope = ClaimScope(budget: budget, data: "published")
      return Set(ImageExperiments.settings(on: sets, scope, panels).map(\.title))
    }
    let photographs = "mini-ImageNet 5-way 5-shot"
    for panels in [Panels.all, listed] {
      #expect(titles(.paper, panels).subtracting(titles(.overnight, panels)) == [photographs])
      #expect(titles(.overnight, panels).isStrictSubset(of: titles(.paper, panels)))
    }
  }

  @Test func figureNineHasThePapersSettings() {
    let settings = Preset.paper.regularized
    #expect(settings.forms == [.init(20, 1)] && settings.side == 28 && settings.filters == 64)
    #expect(settings.rate == 0.1 && settings.steps == 5 && settings.outerRate == 1e-3)
    #expect(settings.batch == 16 && settings.queries == 1 && settings.trajectories == 600)
    #expect(settings.iterations * settings.epochs == 50_000)
    let fifth = Preset.named("fifth", within: .paper)
    #expect(fifth.regularized.iterations * fifth.regularized.epochs == 10_000 && fifth.seeds == 1)
    #expect(Preset.overnight.regularized.trajectories == 600)
  }

  @Test func theYardstickIsThatOfTheOtherProgram() {
    let settings = Preset.yardstick.characters
    #expect(settings.iterations * settings.epochs == 2000 && settings.batch == 16)
    #expect(settings.queries == 5 && settings.trajectories == 600 && settings.filters == 64)
    #expect(Preset.yardstick.split == .small)
    let photographs = Preset.yardstick.photographs
    #expect(photographs.iterations * photographs.epochs == 2000 && photographs.filters == 64)
    #expect(photographs.side == 32 && photographs.trajectories == 600)
  }

  @Test(arguments: [ImageSet.omniglot, .miniImageNet])
  func thePapersNetworksTrainForAStep(set: ImageSet) async throws {
    let experiments = try ImageExperiments(on: [set], FigureOptions(budget: .paper))
    let setting = try #require(experiments.settings.first { $0.order == .second })
    var training = try experiments.training(setting, seed: 0)
    #expect(training.schedule.iterations == 50_000)
    training.schedule = Schedule(epochs: 1, iterationsPerEpoch: 1, batch: 2)
    let folder = try TemporaryFolder()
    let runs = RunStore(folder: folder.url, workers: 2, progress: .silent)
    let curve = try await runs.outcome(of: training)
    #expect(curve.epochs.count == 1 && curve.epochs[0].loss.isFinite)
  }

  /// Algorithm 1 on the paper's network, for an update of two episodes.
  @Test func thePenaltyTrainsForAStepAtThePapersSize() async throws {
    let experiments = try ImageExperiments(
      on: [.omniglot], FigureOptions(budget: .paper),
      .listed([.init(.omniglot, 20, 1, .second)]), world: .regularized)
    var plain = try experiments.training(experiments.settings[0], seed: 0)
    #expect(plain.schedule.iterations == 50_000 && plain.schedule.batch == 16)
    #expect(plain.learner.steps == 5 && !plain.learner.adapts.contains("block1/shift"))
    plain.schedule = Schedule(epochs: 1, iterationsPerEpoch: 1, batch: 2)
    let folder = try TemporaryFolder()
    let runs = RunStore(folder: folder.url, workers: 2, progress: .silent)
    let curve = try await runs.outcome(
      of: AnglePenaltyTraining(plain, penalty: AnglePenalty(coefficient: 0.5)))
    #expect(curve.epochs.count == 1 && curve.epochs[0].loss.isFinite)
  }
}
