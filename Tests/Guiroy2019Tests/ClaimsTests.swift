import Claims
import Foundation
@testable import Measurements
import Reproduction
import Statistics
import Testing

@testable import Guiroy2019Setup
@testable import fig2_flatness
@testable import fig5_coherence

/// The claims of Figures 2 and 5 on curves whose truth is known.
@Suite struct Guiroy2019ClaimsTests {
  private let epochs = (0..<24).map(Double.init)

  /// Curves around a shape, with normal noise from a fixed seed.
  private func curves(
    _ seeds: Int, noise: Double, seed: UInt64 = 1, _ shape: (Double) -> Double
  ) -> [[Double]] {
    var generator = SplitMix64(seed: seed)
    return (0..<seeds).map { _ in epochs.map { shape($0) + noise * generator.normal() } }
  }

  /// The settings of the claim that have curves of these shapes, over and over.
  private func flatness(
    _ shapes: [(Double) -> Double], seeds: Int = 5, noise: Double = 0.1,
    accuracy: Double = 0.9, scope: ClaimScope = ClaimScope()
  ) -> Finding {
    let settings = ImageExperiments.settings(on: [.omniglot, .miniImageNet], scope)
    let grid = Grid<Setting, Fig2Flatness.Found>(
      settings.enumerated().map { index, setting in
        let shape = shapes[index % shapes.count]
        let found = curves(seeds, noise: noise, seed: UInt64(index), shape).map { curve in
          let curvatures = curve.enumerated().map {
            CurvatureSummary(
              epoch: $0.offset, spectralNorm: $0.element, spectralNorms: [], products: 1,
              unconverged: 0)
          }
          return Fig2Flatness.Found(
            curvatures: curvatures, accuracies: curve.dropFirst().map { _ in accuracy })
        }
        return Grid<Setting, Fig2Flatness.Found>.Cell(place: setting, values: PerSeed(found))
      })
    return Fig2Flatness.claims(scope)[0].finding(
      on: Judged(grid),
      from: Basis(budget: scope.budget, ground: .standIns, data: "glyphs", seeds: seeds))
  }

  private func peaked(_ epoch: Double) -> Double { 4 * exp(-abs(epoch - 6) / 8) }

  @Test func aPeakIsFound() {
    let finding = flatness([peaked, { 2 * peaked($0) }])
    #expect(finding.verdict == .reproduced)
    // Of every setting the rise, then the change and the slope after the peak.
    #expect(finding.parts.count == 18)
    for (index, part) in finding.parts.enumerated() {
      #expect((part.effect ?? 0) > 0 ? index % 3 == 0 : index % 3 > 0)
    }
    #expect(finding.claim.id == "guiroy2019/fig2-flatness/peak-then-flatten")
  }

  @Test func aRiseIsNoPeakAndSpoilsTheOtherPanels() {
    #expect(flatness([{ $0 / 4 }]).verdict == .partly)
    #expect(flatness([peaked, { $0 / 4 }]).verdict == .partly)
  }

  /// Networks that have not learned do not say how flat solutions are.
  @Test func fromUntrainedNetworksNothingFollows() {
    let finding = flatness([peaked], accuracy: 0.5)
    #expect(finding.verdict == .notTestable && finding.obstacle == .undertrained)
  }

  /// What only falls has no peak that it rises to.
  @Test func aDeclineIsNoPeak() {
    #expect(flatness([{ 8 - $0 / 3 }]).verdict == .partly)
  }

  @Test func noiseIsNotReproduced() {
    #expect(flatness([{ _ in 1 }]).verdict != .reproduced)
  }

  @Test func budgetAndSeedsAreAsked() {
    #expect(flatness([peaked], seeds: 4).verdict == .notTestable)
    #expect(flatness([peaked], seeds: 1).verdict != .reproduced)
    #expect(flatness([peaked], scope: ClaimScope(budget: .smoke)).verdict == .notTestable)
  }

  /// Panels of the figure; accuracies are given around 40 %, in units of two points.
  private func coherence(
    _ panels: [(coherence: [[Double]], accuracy: [[Double]])], level: Double = 0.4
  ) -> Finding {
    let settings = ImageExperiments.settings(on: [.miniImageNet], ClaimScope(), .firstForm)
    let grid = Grid<Setting, [TrajectorySummary]>(
      zip(settings, panels).map { setting, panel in
        let found = zip(panel.coherence, panel.accuracy).map { coherence, accuracy in
          zip(coherence, accuracy).enumerated().map {
            TrajectorySummary(
              epoch: $0.offset, coherence: $0.element.0, gradientCoherence: 0, length: 1,
              initialSupportLoss: 1, supportLoss: 1, initialAccuracy: 0,
              accuracy: level + 0.02 * $0.element.1, queryLoss: 1)
          }
        }
        return Grid<Setting, [TrajectorySummary]>.Cell(place: setting, values: PerSeed(found))
      })
    return Fig5Coherence.claims(ClaimScope())[0].finding(
      on: Judged(grid), from: Basis(budget: .standard, ground: .standIns, data: "scenes", seeds: 5))
  }

  private let hill: @Sendable (Double) -> Double = { -($0 - 14) * ($0 - 14) / 100 }

  /// Pairs of curves that share a shape, and a share of their noise.
  private func panel(shared: Double, noise: Double = 0.1) -> (
    coherence: [[Double]], accuracy: [[Double]]
  ) {
    let common = curves(5, noise: shared, seed: 3, hill)
    func noisy(_ seed: UInt64) -> [[Double]] {
      zip(common, curves(5, noise: noise, seed: seed) { _ in 0 }).map { zip($0, $1).map(+) }
    }
    return (noisy(1), noisy(2))
  }

  @Test func whatASeedsCurvesShareIsFound() throws {
    let finding = coherence([panel(shared: 0.8), panel(shared: 0.8)])
    #expect(finding.verdict == .reproduced)
    #expect(finding.parts.count == 8)
    #expect(finding.parts.count { $0.criterion.role == .decides } == 4)
    #expect(finding.referenceText?.hasPrefix("MAML at its best epoch: 4") == true)
  }

  /// Two curves of a shape that all seeds share correlate, and say nothing of one another.
  @Test func driftAloneIsNotEnough() throws {
    let finding = coherence([panel(shared: 0), panel(shared: 0)])
    let pearson = finding.parts.filter { $0.criterion.name.contains("Pearson") }
    #expect(pearson.allSatisfy { $0.verdict == .reproduced && ($0.effect ?? 0) > 0.9 })
    #expect(finding.verdict == .inconclusive)
    #expect(finding.reason == "open: scenes 5-way 1-shot, first order, beyond drift")
  }

  @Test func undertrainedNetworksAreNotJudged() {
    let panels = [panel(shared: 0.8), panel(shared: 0.8)]
    let finding = coherence(panels, level: 0.26)
    #expect(finding.verdict == .notTestable && finding.obstacle == .undertrained)
    #expect(finding.parts.allSatisfy { $0.criterion.role != .decides || $0.verdict == .reproduced })
  }

  @Test func oneOppositeOrderRefutes() {
    let (good, bad) = (panel(shared: 0.8), panel(shared: 0.8))
    let finding = coherence([good, (bad.coherence.map { $0.map { -$0 } }, bad.accuracy)])
    #expect(finding.verdict == .partly)
    #expect(finding.reason?.contains("fails: scenes 5-way 1-shot, second order") == true)
  }

  @Test func unrelatedCurvesAreInconclusive() {
    let flat = (curves(5, noise: 1, seed: 3) { _ in 0 }, curves(5, noise: 1, seed: 4) { _ in 0 })
    #expect(coherence([flat, flat]).verdict == .inconclusive)
  }

  @Test func constantCoherenceHasNoCorrelation() {
    let panel = (curves(5, noise: 0) { _ in 1 }, curves(5, noise: 1, seed: 5) { _ in 0 })
    let finding = coherence([panel, panel])
    #expect(finding.verdict == .inconclusive)
    #expect(finding.reason?.contains("constant") == true)
  }
}
