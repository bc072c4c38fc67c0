import Experiments
import Statistics
import Testing

@testable import Claims

/// Claims whose criteria carry their measurement.
struct CriteriaTests {
  struct Results: Codable, Sendable {
    var gains: [String: PerSeed<Double>]
    var error = 1e-12
  }

  private let sure = PerSeed([1.0, 1.2, 0.9, 1.1, 1.0])
  private let opposite = PerSeed([-1.0, -1.2, -0.9, -1.1, -1.0])

  private func claim(
    on sets: [String], isTimed: Bool = false, smallestBudget: Budget? = nil
  ) -> Claim<Results> {
    Claim("paper2020/table1-x/y", quoting: "It helps.", at: "Table 1") {
      for set in sets {
        Criterion("\(set), gain", statistic: "gain of accuracy", .positive) { $0.gains[set] }
      }
      Criterion(
        "identity", statistic: "largest error", .equivalent(margin: 1e-9), role: .accompanies
      ) { .exact([$0.error]) }
      if isTimed {
        Criterion(
          "time", statistic: "ratio of times", .above(threshold: 1),
          smallestBudget: smallestBudget
        ) { _, times in .exact([times.rows[0].seconds / times.rows[1].seconds]) }
      }
    }
  }

  private func times(_ first: Double, _ second: Double) -> TrainingTimes {
    TrainingTimes(
      figure: "table1-x", extent: "standard",
      rows: [first, second].map {
        TrainingTimes.Row(
          name: "a", updates: 2, turns: [$0], floatingPointOperations: 1)
      }, processor: "p", kernels: "k")
  }

  @Test func evidenceGoesToItsOwnCriterion() {
    let results = Results(gains: ["a": sure, "b": opposite])
    let finding = claim(on: ["a", "b"]).finding(
      on: Judged(results), from: .standIns)
    #expect(finding.parts.map(\.criterion.name) == ["a, gain", "b, gain", "identity"])
    #expect(finding.parts.map(\.verdict) == [.reproduced, .notReproduced, .reproduced])
    #expect(finding.verdict == .partly && finding.reason == "holds: a, gain; fails: b, gain")
    #expect(finding.parts[2].effect == 1e-12)
  }

  @Test func orderIsThatOfWriting() {
    let swapped = claim(on: ["b", "a"], isTimed: true).statement.criteria.map(\.name)
    #expect(swapped == ["b, gain", "a, gain", "identity", "time"])
  }

  @Test func whatResultsLackIsNamed() {
    let finding = claim(on: ["a", "b"]).finding(
      on: Judged(Results(gains: ["b": sure])), from: .standIns)
    #expect(finding.verdict == .notTestable && finding.reason == "not measured: a, gain")
    #expect(finding.parts.map(\.criterion.name) == ["b, gain", "identity"])
  }

  @Test func timesComeBesideResults() {
    let results = Results(gains: ["a": sure])
    let timed = claim(on: ["a"], isTimed: true)
    func verdict(_ times: TrainingTimes?) -> Verdict {
      timed.finding(on: Judged(results, times: times), from: .standIns).verdict
    }
    #expect(verdict(times(3, 1)) == .reproduced)
    #expect(verdict(times(1, 3)) == .partly)
    #expect(verdict(nil) == .notTestable)
  }

  @Test func aCriterionMayNeedALargerBudgetThanItsClaim() {
    let judged = Judged(Results(gains: ["a": sure]), times: times(3, 1))
    let late = claim(on: ["a"], isTimed: true, smallestBudget: .overnight)
    let early = late.finding(on: judged, from: .standIns)
    #expect(early.verdict == .notTestable && early.reason == "needs the overnight budget")
    var overnight = Basis.standIns
    overnight.budget = .overnight
    #expect(late.finding(on: judged, from: overnight).verdict == .reproduced)
  }

  /// Files that were written before criteria had a budget of their own are read as they were.
  @Test func anUnsetBudgetIsNotWritten() throws {
    let statement = claim(on: ["a"]).statement
    let json = String(decoding: try CanonicalJSON.encode(statement), as: UTF8.self)
    #expect(
      json == #"{"criteria":[{"name":"a, gain","role":"decides","rule":{"above":{"threshold":0}},"#
        + #""scale":"linear","statistic":"gain of accuracy"},"#
        + #"{"name":"identity","role":"accompanies","rule":{"equivalent":{"margin":1e-09}},"#
        + #""scale":"linear","statistic":"largest error"}],"id":"paper2020/table1-x/y","#
        + #""quotation":{"location":"Table 1","sentence":"It helps."},"#
        + #""smallestBudget":"standard"}"#)
  }

  @Test func aFlawIsSaidInWords() async throws {
    let criterion = CriterionStatement("gain", statistic: "gain", rule: .positive)
    var claim = ClaimStatement(
      "a2020/fig1-x/y", quotation: .init("It helps.", at: "1"), criteria: [criterion])
    #expect(claim.flaw == nil)
    claim.criteria = [criterion, criterion]
    #expect(claim.flaw == "the claim a2020/fig1-x/y has two criteria named “gain”")
    claim.criteria = []
    #expect(claim.flaw == "the claim a2020/fig1-x/y has no criterion that decides")
    for id in ["a2020/fig1-x", "a2020//y", "a/b/c/d"] {
      claim.id = id
      #expect(claim.flaw == "the claim “\(id)” is not named paper/target/short-name")
    }
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ClaimStatement("nameless", quotation: .init("It helps.", at: "1"), criteria: [])
    }
    let message = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(message.contains("the claim “nameless” is not named paper/target/short-name"))
  }
}
