import Foundation
import Statistics
import TestSupport
import Testing

@testable import Claims

struct VerdictHistoryTests {
  private func ledger(_ values: [Double]?) throws -> ClaimsLedger {
    let finding = values.map {
      ClaimStatement(
        "a2020/fig1-x/y", quotation: .init("It helps.", at: "Section 1"),
        criteria: [CriterionStatement("gain", statistic: "gain", rule: .positive)]
      ).finding(from: [.seeds(PerSeed($0))], on: .standIns)
    }
    return try ClaimsLedger(
      finding.map { [$0] } ?? [],
      of: ClaimsCatalogue([.init(id: "a2020/fig1-x/y", summary: "it helps")]))
  }

  private let up = [1.0, 1.1, 0.9, 1.05, 0.95]

  @Test func noVerdictChangesInSilence() throws {
    var history = VerdictHistory()
    let first = history.changes(to: try ledger(up))
    #expect(first.map(\.to) == [.reproduced] && first.map(\.from) == [nil])
    history.record(first, because: "first results")
    #expect(history.changes(to: try ledger(up)).isEmpty)

    let down = try ledger(up.map { -$0 })
    let second = history.changes(to: down)
    #expect(
      second.map(\.description) == [
        "a2020/fig1-x/y (standard, glyphs): reproduced → not reproduced"
      ])
    history.record(second, because: "a sign was wrong")
    #expect(history.changes(to: down).isEmpty)
    #expect(history.entries.map(\.because) == ["first results", "a sign was wrong"])
  }

  @Test func aVerdictThatIsNoLongerGivenIsAChange() throws {
    var history = VerdictHistory()
    #expect(history.changes(to: try ledger(nil)).isEmpty)
    history.record(history.changes(to: try ledger(up)), because: "first results")
    let gone = history.changes(to: try ledger(nil))
    #expect(gone.map(\.from) == [.reproduced] && gone.map(\.to) == [nil])
    let unlisted = history.changes(to: try ClaimsLedger([], of: ClaimsCatalogue([])))
    #expect(unlisted.map(\.to) == [nil])
    history.record(unlisted, because: "the claim was another's copy")
    #expect(history.changes(to: try ClaimsLedger([], of: ClaimsCatalogue([]))).isEmpty)
  }

  @Test func theHistorySurvivesItsFile() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "verdicts.json")
    #expect(try VerdictHistory.read(file) == VerdictHistory())
    var history = VerdictHistory()
    history.record(history.changes(to: try ledger(up)), because: "first results")
    try history.write(to: file)
    #expect(try VerdictHistory.read(file) == history)
    try Data("[".utf8).write(to: file)
    #expect(throws: RecordError.self) { try VerdictHistory.read(file) }
  }
}
