import Experiments
import Foundation
import Statistics
import Testing

@testable import Claims

@Suite struct ClaimsLedgerTests {
  private func finding(
    _ id: String, _ values: [Double], on basis: Basis = .standIns
  ) -> Finding {
    ClaimStatement(
      id, quotation: .init("It helps.", at: "Section 1"),
      criteria: [CriterionStatement("gain", statistic: "gain", rule: .positive)]
    ).finding(from: [.seeds(PerSeed(values))], on: basis)
  }

  private func catalogue(_ ids: String...) -> ClaimsCatalogue {
    ClaimsCatalogue(ids.map { ClaimsCatalogue.Entry(id: $0, summary: "it helps") })
  }

  /// p = 0.032 alone.
  private let barely = [1.0, 0.2, 1.5, 0.3, 1.4]
  private let clearly = [1.0, 1.1, 0.9, 1.05, 0.95]
  private let noise = [0.5, -0.3, 0.1, 0.2, -0.1]

  @Test func familiesAreThoseOfTheCatalogue() throws {
    let alone = try ClaimsLedger(
      [finding("a2020/fig1-x/y", barely)], of: catalogue("a2020/fig1-x/y"))
    #expect(alone.entries.map(\.verdict) == [.reproduced])

    // A claim whose figure is not built counts all the same; one of another paper does not.
    let listed = catalogue("a2020/fig1-x/y", "a2020/fig2-x/z", "b2021/fig1-x/y")
    let ledger = try ClaimsLedger([finding("a2020/fig1-x/y", barely)], of: listed)
    #expect(ledger.entries.map(\.verdict) == [.inconclusive, .notTestable, .notTestable])
    #expect(ledger.entries[1].obstacle == .noResults)
    #expect(
      ledger.entries[0].why == "reproduced alone, not after Holm's correction over 2 claims")
    let judged = try #require(ledger.entries[0].finding)
    #expect(judged.adjustedP == judged.p.map { 2 * $0 })
  }

  @Test func refutationIsCorrectedToo() throws {
    let against = barely.map { -$0 }
    let alone = try ClaimsLedger(
      [finding("a2020/fig1-x/y", against)], of: catalogue("a2020/fig1-x/y"))
    #expect(alone.entries[0].verdict == .notReproduced)
    let among = try ClaimsLedger(
      [finding("a2020/fig1-x/y", against)],
      of: catalogue("a2020/fig1-x/y", "a2020/fig2-x/y", "a2020/fig3-x/y"))
    #expect(among.entries[0].verdict == .inconclusive)
    #expect(
      among.entries[0].why == "not reproduced alone, not after Holm's correction over 3 claims")
    let clear = try ClaimsLedger(
      [finding("a2020/fig1-x/y", clearly.map { -$0 })],
      of: catalogue("a2020/fig1-x/y", "a2020/fig2-x/y", "a2020/fig3-x/y"))
    #expect(clear.entries[0].verdict == .notReproduced)
  }

  @Test func aCopyHasItsOriginalsVerdictAndCountsOnce() throws {
    var listed = catalogue("a2020/fig1-x/y", "a2020/figB1-x/y")
    listed.claims[0].sameAs = "a2020/figB1-x/y"
    let ledger = try ClaimsLedger(
      [finding("a2020/fig1-x/y", noise), finding("a2020/figB1-x/y", barely)], of: listed)
    #expect(ledger.entries.map(\.verdict) == [.reproduced, .reproduced])
    #expect(ledger.entries[0].why == "as figB1-x")
    #expect(ledger.entries[0].accompanying.map(\.verdict) == [.inconclusive])
  }

  @Test func publishedDataGoBeforeStandIns() throws {
    let listed = catalogue("a2020/fig1-x/y")
    func basis(_ budget: Budget, _ ground: Ground, planned: Int = 5) -> Basis {
      Basis(budget: budget, ground: ground, seeds: 5, plannedSeeds: planned)
    }
    func verdict(_ findings: [(Basis, [Double])]) throws -> Verdict? {
      let ledger = try ClaimsLedger(
        findings.map { finding("a2020/fig1-x/y", $1, on: $0) }, of: listed)
      let turned = try ClaimsLedger(
        findings.reversed().map { finding("a2020/fig1-x/y", $1, on: $0) }, of: listed)
      #expect(turned.entries[0].finding == ledger.entries[0].finding)
      #expect(ledger.entries[0].accompanying.count == findings.count - 1)
      return ledger.entries[0].verdict
    }
    let (standIns, overnight) = (basis(.standard, .standIns), basis(.overnight, .published))
    #expect(try verdict([(standIns, clearly), (overnight, noise)]) == .inconclusive)
    // Published images at standard only accompany.
    #expect(
      try verdict([(standIns, clearly), (basis(.standard, .published), noise)]) == .reproduced)
    // One seed of the paper's own protocol does not take the place of a whole overnight.
    let begun = basis(.paper, .published, planned: 20)
    #expect(try verdict([(begun, noise), (overnight, clearly)]) == .reproduced)
    #expect(
      try verdict([(basis(.standard, .theory), noise), (basis(.paper, .theory), clearly)])
        == .reproduced)
  }

  @Test func verdictsDoNotDependOnKernels() throws {
    let listed = catalogue("a2020/fig1-x/y")
    let same = try ClaimsLedger(
      [finding("a2020/fig1-x/y", clearly)],
      otherKernels: [finding("a2020/fig1-x/y", clearly.map { $0 + 1e-3 })], of: listed)
    #expect(same.entries[0].verdict == .reproduced)
    let differing = try ClaimsLedger(
      [finding("a2020/fig1-x/y", clearly)],
      otherKernels: [finding("a2020/fig1-x/y", noise)], of: listed)
    #expect(differing.entries[0].verdict == .inconclusive)
    #expect(
      differing.entries[0].why
        == "depends on rounding: reproduced with one set of kernels, inconclusive with another")
  }

  @Test func seedsNeededAreThoseOfTheWholeFamily() throws {
    let one = try ClaimsLedger(
      [finding("a2020/fig1-x/y", noise)], of: catalogue("a2020/fig1-x/y"))
    let three = try ClaimsLedger(
      [finding("a2020/fig1-x/y", noise)],
      of: catalogue("a2020/fig1-x/y", "a2020/fig2-x/y", "a2020/fig3-x/y"))
    let needed = try [one, three].map { try #require($0.entries[0].seedsNeeded) }
    #expect(needed[0] > 50 && needed[1] > needed[0])
    let wrong = try ClaimsLedger(
      [finding("a2020/fig1-x/y", noise.map { $0 - 1 })], of: catalogue("a2020/fig1-x/y"))
    #expect(wrong.entries[0].seedsNeeded == nil)
  }

  @Test func aClaimThatIsNotListedIsNamed() {
    #expect(throws: RecordError.self) {
      try ClaimsLedger([finding("a2020/fig9-x/y", clearly)], of: catalogue("a2020/fig1-x/y"))
    }
  }

  @Test func theCatalogueIsWhole() throws {
    let catalogue = try ClaimsCatalogue.load(from: .located())
    #expect(catalogue.flaw == nil)
    #expect(Set(catalogue.claims.map(\.paperName)) == Set(PaperValues.papers))
    for claim in catalogue.claims {
      #expect(claim.summary.split(separator: " ").count <= 12, "\(claim.id)")
    }
    var broken = catalogue
    broken.claims[0].sameAs = "arnold2021/fig0-nothing/x"
    #expect(broken.flaw?.contains("repeats arnold2021/fig0-nothing/x") == true)
    broken.claims = [catalogue.claims[0], catalogue.claims[0]]
    #expect(broken.flaw?.contains("listed twice") == true)
  }
}
