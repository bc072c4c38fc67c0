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
    _ rule: CriterionStatement.Rule, _ values: [Double], paperEffect: Double? = nil
  )
    -> Verdict
  {
    let criterion = CriterionStatement(
      "gain", statistic: "gain", rule: rule, paperEffect: paperEffect)
    return claim([criterion]).finding(
      from: ["gain": .seeds(PerSeed(values))], budget: .standard, data: "glyphs"
    ).verdict
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

  @Test func excludingThePapersEffectRefutes() {
    let small = [0.1, -0.1, 0.05, 0, 0.02]
    #expect(verdict(.positive, small) == .inconclusive)
    #expect(verdict(.positive, small, paperEffect: 1.33) == .notReproduced)
    #expect(verdict(.negative, small, paperEffect: -1.33) == .notReproduced)
    // A smaller effect of the right sign still shows the sign.
    #expect(verdict(.positive, [0.1, 0.12, 0.09, 0.1, 0.11], paperEffect: 1.33) == .reproduced)
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
      claim([criterion]).finding(
        from: ["error": .exact(values)], budget: .standard, data: "none")
    }
    #expect(finding([1e-12, -3e-12]).verdict == .reproduced)
    #expect(finding([1e-12, -3e-12]).parts[0].effect == -3e-12)
    #expect(finding([1e-12, 2e-10]).verdict == .notReproduced)
    #expect(finding([.nan]).verdict == .inconclusive)
    #expect(finding([1e-12]).p == nil)
  }

  @Test func oneFailureFailsAllAndCompanionsDoNotCount() {
    let values = PerSeed([1.0, 1.2, 0.9, 1.1, 1.0])
    let both = claim([
      CriterionStatement("a", statistic: "a", rule: .positive),
      CriterionStatement("b", statistic: "b", rule: .negative),
    ])
    let failed = both.finding(
      from: ["a": .seeds(values), "b": .seeds(values)], budget: .standard, data: "glyphs")
    #expect(failed.verdict == .notReproduced && failed.p == 1)
    #expect(failed.weakestPart?.criterion.name == "b")

    let accompanied = claim([
      CriterionStatement("a", statistic: "a", rule: .positive),
      CriterionStatement("b", statistic: "b", rule: .negative, role: .accompanies),
    ])
    let passed = accompanied.finding(
      from: ["a": .seeds(values), "b": .seeds(values)], budget: .standard, data: "glyphs")
    #expect(passed.verdict == .reproduced && passed.parts.count == 2)
  }

  @Test func whatCannotBeTestedIsSaid() {
    let criterion = CriterionStatement("gain", statistic: "gain", rule: .positive)
    var overnight = claim([criterion])
    overnight.smallestBudget = .overnight
    let five = Evidence.seeds(PerSeed([1.0, 1.2, 0.9, 1.1, 1.0]))
    let early = overnight.finding(from: ["gain": five], budget: .standard, data: "glyphs")
    #expect(early.verdict == .notTestable && early.reason == "needs the overnight budget")
    #expect(early.parts[0].verdict == .reproduced)

    let few = claim([criterion]).finding(
      from: ["gain": .seeds(PerSeed([1.0, 1.2, 0.9, 1.1]))], budget: .standard, data: "glyphs")
    #expect(few.verdict == .notTestable && few.parts[0].interval?.count == 4)

    let missing = claim([criterion]).finding(from: [:], budget: .paper, data: "glyphs")
    #expect(missing.verdict == .notTestable && missing.reason == "not measured: gain")

    let broken = claim([criterion]).finding(
      from: ["gain": .seeds(PerSeed([1.0, 1, .nan, 1, 1]))], budget: .standard, data: "glyphs")
    #expect(broken.verdict == .inconclusive)
  }

  @Test func correlationsAreAveragedAsFisherZ() throws {
    let criterion = CriterionStatement("R", statistic: "R", rule: .positive, scale: .correlation)
    let part = criterion.part(on: .seeds(PerSeed([0.9, 0.5, 0.7, 0.8, 0.6])))
    let z = [0.9, 0.5, 0.7, 0.8, 0.6].map(atanh)
    #expect(abs(try #require(part.effect) - tanh(z.reduce(0, +) / 5)) < 1e-12)
    #expect(part.interval?.kind == .fisherOverSeeds)
    #expect(try #require(part.interval?.upper) < 1)
    #expect(try #require(part.minimalDetectableEffect) < 1)
  }

  @Test func findingsSurviveCodingAndPrint() throws {
    let finding = claim([CriterionStatement("gain", statistic: "gain", rule: .positive)]).finding(
      from: ["gain": .seeds(PerSeed([1.0, 1.2, 0.9, 1.1, 1.0]))], budget: .standard, data: "glyphs")
    let coded = try JSONEncoder().encode(finding)
    #expect(try JSONDecoder().decode(Finding.self, from: coded) == finding)
    #expect(
      finding.description
        == "paper2020/fig1-x/y: reproduced; gain: 1.04 [0.8984, 1.182] (n = 5, p = 3.4e-05, "
        + "detectable 0.19) (standard, glyphs)")
    #expect(finding.markdownRow.contains("It helps \\| always."))
    let columns = Finding.markdownHeader.split(separator: "\n")[1].count { $0 == "|" }
    let bars = finding.markdownRow.replacingOccurrences(of: "\\|", with: "").count { $0 == "|" }
    #expect(bars == columns)
  }
}
