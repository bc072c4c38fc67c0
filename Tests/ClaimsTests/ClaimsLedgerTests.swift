import Foundation
import Statistics
import Testing

@testable import Claims

@Suite struct ClaimsLedgerTests {
  private func finding(_ id: String, _ values: [Double]) -> Finding {
    ClaimStatement(
      id, quotation: .init("It helps.", at: "Section 1"),
      criteria: [CriterionStatement("gain", statistic: "gain", rule: .positive)]
    ).finding(from: ["gain": .seeds(PerSeed(values))], budget: .standard, data: "glyphs")
  }

  /// p = 0.032 alone.
  private let barely = [1.0, 0.2, 1.5, 0.3, 1.4]
  private let clearly = [1.0, 1.1, 0.9, 1.05, 0.95]

  @Test func holmDemotesWithinAPaper() throws {
    let alone = ClaimsLedger([finding("a2020/fig1-x/y", barely)])
    #expect(alone.findings[0].verdict == .reproduced)

    let together = ClaimsLedger([
      finding("a2020/fig2-x/z", [0.5, -0.3, 0.1, 0.2, -0.1]), finding("a2020/fig1-x/y", barely),
      finding("a2020/fig3-x/z", clearly),
    ])
    #expect(
      together.findings.map(\.claim.id) == [
        "a2020/fig1-x/y", "a2020/fig2-x/z", "a2020/fig3-x/z",
      ])
    #expect(together.findings.map(\.verdict) == [.inconclusive, .inconclusive, .reproduced])
    let p = try #require(together.findings[0].p)
    #expect(together.findings[0].adjustedP == 2 * p)
    #expect(together.findings[0].reason?.contains("Holm") == true)
  }

  @Test func papersAreCorrectedApartAndOrderIsNothing() {
    let findings = [
      finding("a2020/fig1-x/y", barely), finding("b2021/fig1-x/y", barely),
      finding("b2021/fig2-x/y", [1.0]),
    ]
    let ledger = ClaimsLedger(findings)
    #expect(ledger == ClaimsLedger(findings.reversed()))
    // The untestable claim of b2021 is no test, so it costs the other nothing.
    #expect(ledger.findings.map(\.verdict) == [.reproduced, .reproduced, .notTestable])
  }

  @Test func changedVerdictsAreNamed() {
    let before = ClaimsLedger([finding("a2020/fig1-x/y", clearly)])
    let after = ClaimsLedger([finding("a2020/fig1-x/y", clearly.map { -$0 })])
    let changes = after.changedVerdicts(since: before)
    #expect(changes.map(\.id) == ["a2020/fig1-x/y"])
    #expect(changes.map(\.from) == [.reproduced] && changes.map(\.to) == [.notReproduced])
    #expect(before.changedVerdicts(since: before).isEmpty)
  }

  @Test func ledgersSurviveCoding() throws {
    let ledger = ClaimsLedger([finding("a2020/fig1-x/y", clearly), finding("a2020/fig1-x/z", [1])])
    let coded = try JSONEncoder().encode(ledger)
    #expect(try JSONDecoder().decode(ClaimsLedger.self, from: coded) == ledger)
    #expect(ledger.markdown.split(separator: "\n").count == 4)
  }

  /// What there is no data set for is not followed by a comma and nothing.
  @Test(arguments: [("", "yardstick"), ("glyphs", "yardstick, glyphs")])
  func dataAreNamedWhereThereAreAny(data: String, setting: String) {
    var finding = finding("a2020/fig1-x/y", clearly)
    finding.data = data
    #expect(finding.setting(at: "yardstick") == setting)
  }
}
