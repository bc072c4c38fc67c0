import Foundation
import Statistics
import TestSupport
import Testing

@testable import Claims

struct VerdictHistoryTests {
  private func ledger(_ values: [Double]) -> ClaimsLedger {
    ClaimsLedger([
      ClaimStatement(
        "a2020/fig1-x/y", quotation: .init("It helps.", at: "Section 1"),
        criteria: [CriterionStatement("gain", statistic: "gain", rule: .positive)]
      ).finding(
        from: ["gain": .seeds(PerSeed(values))], budget: .standard, data: "glyphs")
    ])
  }

  private let up = [1.0, 1.1, 0.9, 1.05, 0.95]

  @Test func noVerdictChangesInSilence() throws {
    var history = VerdictHistory()
    let first = history.changes(to: ["standard": ledger(up)])
    #expect(first.map(\.to) == [.reproduced] && first.map(\.from) == [nil])
    history.record(first, because: "first results")
    #expect(history.changes(to: ["standard": ledger(up)]).isEmpty)

    let down = ["standard": ledger(up.map { -$0 })]
    let second = history.changes(to: down)
    #expect(
      second.map(\.description) == ["a2020/fig1-x/y (standard): reproduced → not reproduced"])
    history.record(second, because: "a sign was wrong")
    #expect(history.changes(to: down).isEmpty)
    #expect(history.entries.map(\.because) == ["first results", "a sign was wrong"])
  }

  @Test func aVerdictThatIsNoLongerGivenIsAChange() {
    var history = VerdictHistory()
    history.record(history.changes(to: ["standard": ledger(up)]), because: "first results")
    let changes = history.changes(to: ["overnight": ledger(up)])
    #expect(changes.map(\.extent) == ["overnight", "standard"])
    #expect(changes.map(\.to) == [.reproduced, nil])
    history.record(changes, because: "longer runs take the place of shorter ones")
    #expect(history.changes(to: ["overnight": ledger(up)]).isEmpty)
  }

  @Test func theHistorySurvivesItsFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "verdicts.json")
    #expect(try VerdictHistory.read(file) == VerdictHistory())
    var history = VerdictHistory()
    history.record(history.changes(to: ["standard": ledger(up)]), because: "first results")
    try history.write(to: file)
    #expect(try VerdictHistory.read(file) == history)
    try Data("[".utf8).write(to: file)
    #expect(throws: RecordError.self) { try VerdictHistory.read(file) }
  }
}
