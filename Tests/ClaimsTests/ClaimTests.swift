import Foundation
import Statistics
import Testing

@testable import Claims

@Suite struct ClaimTests {
  private func claim(_ criteria: [CriterionStatement]) -> ClaimStatement {
    ClaimStatement(
      "paper2020/fig1-x/y", quotation: .init("It helps | always.", at: "Section 1"),
      criteria: criteria)
  }

  private func verdict(
    _ rule: CriterionStatement.Rule, _ values: [Double], paperEffect: Double? = nil,
    on basis: Basis = .standIns
  ) -> Verdict {
    let criterion = CriterionStatement(
      "gain", statistic: "gain", rule: rule, paperEffect: paperEffect)
    return claim([criterion]).finding(from: [.seeds(PerSeed(values))], on: basis).verdict
  }

  @Test func theIntervalDecides() {
    let (up, noise, down) = (
      [1.0, 1.2, 0.9, 1.1, 1.0], [1.0, -1, 0.4, -0.3, 0.1], [-1.0, -2, -1, -2, -1]
    )
    #expect(verdict(.positive, up) == .reproduced)
    #expect(verdict(.positive, noise) == .inconclusive)
    #expect(verdict(.positive, down) == .notReproduced)
    #expect(verdict(.negative, down) == .reproduced)
    #expect(verdict(.negative, up) == .notReproduced)
    #expect(verdict(.above(threshold: 1.5), up) == .notReproduced)
    #expect(verdict(.above(threshold: 1), up) == .inconclusive)
  }

  /// Only where the runs are the paper's own can its effect be compared in size.
  @Test func excludingThePapersEffectRefutes() {
    let small = [0.1, -0.1, 0.05, 0, 0.02]
    #expect(verdict(.positive, small, on: .papersOwn) == .inconclusive)
    #expect(verdict(.positive, small, paperEffect: 1.33, on: .papersOwn) == .notReproduced)
    #expect(verdict(.negative, small, paperEffect: -1.33, on: .papersOwn) == .notReproduced)
    #expect(verdict(.positive, small, paperEffect: 1.33) == .inconclusive)
    // A smaller effect of the right sign still shows the sign.
    let sure = [0.1, 0.12, 0.09, 0.1, 0.11]
    #expect(verdict(.positive, sure, paperEffect: 1.33, on: .papersOwn) == .reproduced)
  }

  @Test func equivalenceNeedsEvidence() {
    #expect(verdict(.equivalent(margin: 1), [0.1, -0.2, 0.1, 0, 0.1]) == .reproduced)
    #expect(verdict(.equivalent(margin: 1), [3, -3, 2, -2, 0]) == .inconclusive)
    #expect(verdict(.equivalent(margin: 1), [3, 3.1, 2.9, 3, 3.2]) == .notReproduced)
  }

  @Test func exactValuesPassOrFail() {
    let criterion = CriterionStatement(
      "error", statistic: "largest difference", rule: .equivalent(margin: 1e-10))
    func finding(_ values: [Double]) -> Finding {
      claim([criterion]).finding(from: [.exact(values)], on: .standIns)
    }
    #expect(finding([1e-12, -3e-12]).verdict == .reproduced)
    #expect(finding([1e-12, -3e-12]).parts[0].effect == -3e-12)
    #expect(finding([1e-12, 2e-10]).verdict == .notReproduced)
    #expect(finding([.nan]).verdict == .inconclusive)
    #expect(finding([1e-12, .infinity]).verdict == .notReproduced)
    #expect(finding([1e-12, .infinity, .nan]).verdict == .inconclusive)
    #expect(finding([1e-12]).p == nil)
  }

  @Test func whatIsInfinitePassesForNothing() {
    let above = CriterionStatement("size", statistic: "size", rule: .above(threshold: 0))
    let finding = claim([above]).finding(from: [.exact([1, .infinity])], on: .standIns)
    #expect(finding.verdict == .inconclusive)
  }

  private func criteria(_ names: String, _ role: CriterionStatement.Role = .decides)
    -> [CriterionStatement]
  {
    names.map { CriterionStatement("\($0)", statistic: "gain", rule: .positive, role: role) }
  }

  private func seeds(_ values: [Double]) -> Evidence { .seeds(PerSeed(values)) }

  @Test func someHeldAndSomeRefutedIsPartly() {
    let up = [1.0, 1.2, 0.9, 1.1, 1.0]
    let finding = claim(criteria("ab")).finding(
      from: [seeds(up), seeds(up.map { -$0 })], on: .standIns)
    #expect(finding.verdict == .partly && finding.reason == "holds: a; fails: b")
    #expect(finding.p == 1 && finding.weakestPart?.criterion.name == "b")
    #expect(
      finding.lines.count >= 4 && finding.lines[0] == "\(finding.claim.id): \(finding.verdictText)")
    #expect(finding.lines.contains { $0.hasPrefix("  b: ") })

    let failed = claim(criteria("ab")).finding(
      from: [seeds(up.map { -$0 }), seeds([1, -1, 0.4, -0.3, 0.1])], on: .standIns)
    #expect(failed.verdict == .notReproduced && failed.reason == "fails: a")

    let accompanied = claim(criteria("a") + criteria("b", .accompanies)).finding(
      from: [seeds(up), seeds(up.map { -$0 })], on: .standIns)
    #expect(accompanied.verdict == .reproduced && accompanied.parts.count == 2)
  }

  /// One refutation among many chances: p = 0.042 alone, six times that for six criteria.
  @Test func refutationIsCorrectedForTheCriteria() throws {
    let barely = [-1.0, -0.2, -1.5, -0.3, -1.4, 0.1]
    let noise = [1.0, -1, 0.4, -0.3, 0.1, 0.2]
    let alone = claim(criteria("a")).finding(from: [seeds(barely)], on: .standIns)
    #expect(alone.verdict == .notReproduced)
    let among = claim(criteria("abcdef")).finding(
      from: [seeds(barely)] + (1..<6).map { _ in seeds(noise) }, on: .standIns)
    #expect(among.verdict == .inconclusive)
    #expect(among.parts[0].reason == "refuted alone, not after Holm's correction over 6 criteria")
    #expect(try abs(#require(among.pAgainst) - 6 * #require(alone.pAgainst)) < 1e-12)
  }

  @Test func whatCannotBeTestedIsSaid() {
    let up = [1.0, 1.2, 0.9, 1.1, 1.0]
    var overnight = claim(criteria("a"))
    overnight.smallestBudget = .overnight
    let early = overnight.finding(from: [seeds(up)], on: .standIns)
    #expect(early.verdict == .notTestable && early.obstacle == .budget)
    #expect(early.reason == "needs the overnight budget" && early.parts[0].verdict == .reproduced)

    let few = claim(criteria("a")).finding(from: [seeds(up.dropLast())], on: .standIns)
    #expect(few.obstacle == .seeds && few.parts[0].interval?.count == 4)

    let missing = claim(criteria("a")).finding(from: [nil], on: .standIns)
    #expect(missing.obstacle == .unmeasured && missing.reason == "not measured: a")

    let broken = claim(criteria("a")).finding(from: [seeds([1.0, 1, .nan, 1, 1])], on: .standIns)
    #expect(broken.verdict == .inconclusive)
  }

  /// Looking early and stopping when p is small would be no test.
  @Test func fewerSeedsThanWereFixedAreNotJudged() {
    let up = [1.0, 1.2, 0.9, 1.1, 1.0]
    let basis = Basis(budget: .standard, ground: .standIns, seeds: 5, plannedSeeds: 15)
    let finding = claim(criteria("a")).finding(from: [seeds(up)], on: basis)
    #expect(finding.obstacle == .seeds && finding.reason == "5 of the 15 seeds that were fixed")
    #expect(finding.verdictText == "not testable (few seeds)")
    let exact = claim(criteria("a")).finding(from: [.exact([1])], on: basis)
    #expect(exact.verdict == .reproduced)
  }

  @Test func correlationsAreAveragedAsFisherZ() throws {
    let criterion = CriterionStatement("R", statistic: "R", rule: .positive, scale: .correlation)
    let part = criterion.part(
      on: .seeds(PerSeed([0.9, 0.5, 0.7, 0.8, 0.6])), isPapersProtocol: false)
    let z = [0.9, 0.5, 0.7, 0.8, 0.6].map(atanh)
    #expect(abs(try #require(part.effect) - tanh(z.reduce(0, +) / 5)) < 1e-12)
    #expect(part.interval?.kind == .fisherOverSeeds)
    #expect(try #require(part.interval?.upper) < 1)
    #expect(try #require(part.minimalDetectableEffect) < 1)
  }

  /// The interval that is shown is the one that decides, of 90 %; beside it the power.
  @Test func equivalenceShowsWhatDecides() throws {
    let criterion = CriterionStatement("d", statistic: "d", rule: .equivalent(margin: 1))
    let part = criterion.part(
      on: .seeds(PerSeed([0.9, 0.5, 1.1, 0.8, 0.6])), isPapersProtocol: false)
    let interval = try #require(part.interval)
    #expect(interval.level == 0.9 && part.minimalDetectableEffect == nil)
    #expect((try #require(part.p) < 0.05) == interval.isWithin(margin: 1))
    let power = try #require(part.power)
    #expect(power > 0.9 && part.summary.contains("(90 %)"))
  }

  @Test func thePapersEffectAndItsPowerAreShown() throws {
    let criterion = CriterionStatement(
      "gain", statistic: "gain", rule: .positive, paperEffect: 0.5)
    let part = criterion.part(
      on: .seeds(PerSeed([0.9, -0.5, 0.7, 0.8, -0.6])), isPapersProtocol: false)
    #expect(part.summary.contains("paper 0.5") && part.summary.contains("power 0."))
    let values = try #require(part.perSeed)
    // 0.5 at a spread of 0.75: 20 seeds at 5 %, more at the level of ten claims.
    #expect(criterion.seedsNeeded(spreadOf: values, alpha: 0.05) == 20)
    #expect(try #require(criterion.seedsNeeded(spreadOf: values, alpha: 0.005)) > 30)
  }

  @Test func findingsSurviveCodingAndPrint() throws {
    let finding = claim([CriterionStatement("gain", statistic: "gain", rule: .positive)]).finding(
      from: [seeds([1.0, 1.2, 0.9, 1.1, 1.0])], on: .standIns)
    let coded = try JSONEncoder().encode(finding)
    #expect(try JSONDecoder().decode(Finding.self, from: coded) == finding)
    #expect(
      finding.description
        == "paper2020/fig1-x/y: reproduced; gain: 1.04 [0.8984, 1.182] (n = 5, p = 3.4e-05) "
        + "(standard, glyphs)")
    // What so few seeds can show is of interest where they show nothing.
    let open = claim([CriterionStatement("gain", statistic: "gain", rule: .positive)]).finding(
      from: [seeds([1.0, -1.2, 0.9, -1.1, 1.0])], on: .standIns)
    #expect(open.description.contains("detectable"))
  }
}

extension Basis {
  /// Five seeds on glyphs at standard.
  static var standIns: Basis {
    Basis(budget: .standard, ground: .standIns, data: "glyphs", seeds: 5)
  }
  /// Five seeds of the paper's protocol on its data.
  static var papersOwn: Basis {
    Basis(budget: .paper, ground: .published, data: "Omniglot", seeds: 5)
  }
}
