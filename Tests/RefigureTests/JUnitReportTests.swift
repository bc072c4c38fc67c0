import Claims
import Experiments
import Foundation
import Testing

@testable import Refigure

struct JUnitReportTests {
  @Test func outcomesAreCountedAndTextsEscaped() {
    let report = JUnitReport(
      name: "some & \"more\"",
      cases: [
        .init(group: "a.b", name: "good", seconds: 1.25, outcome: .passed, output: "1 < 2\u{1B}\n"),
        .init(group: "a.b", name: "bad", outcome: .failed("x > y & z")),
        .init(group: "a", name: "open", outcome: .skipped("few \"seeds\"")),
      ])
    #expect(
      report.xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="some &amp; &quot;more&quot;" tests="3" failures="1" errors="0" time="1.250">
        <testsuite name="some &amp; &quot;more&quot;" tests="3" failures="1" errors="0" skipped="1" \
        time="1.250">
        <testcase classname="a.b" name="good" time="1.250"><system-out>1 &lt; 2
        </system-out></testcase>
        <testcase classname="a.b" name="bad" time="0.000"><failure message="x &gt; y &amp; z"/></testcase>
        <testcase classname="a" name="open" time="0.000"><skipped message="few &quot;seeds&quot;"/>\
        </testcase>
        </testsuite>
        </testsuites>

        """)
  }

  @Test func aChangedVerdictFailsAndAnOpenOneIsSkipped() throws {
    let catalogue = try JSONDecoder().decode(
      ClaimsCatalogue.self,
      from: Data(
        #"{"claims":[{"id":"p/f/one","summary":"1"},{"id":"p/f/two","summary":"2"}]}"#.utf8))
    let history = try JSONDecoder().decode(
      VerdictHistory.self,
      from: Data(
        #"{"entries":[{"because":"x","changes":[{"claim":"p/f/two","to":"reproduced"}]}]}"#.utf8))
    let ledger = try ClaimsLedger([], of: catalogue)
    let cases = JUnitReport(ledger, history.changes(to: ledger)).cases
    #expect(cases.map(\.name) == ["one", "two"])
    #expect(cases.map(\.group) == ["p.f", "p.f"])
    #expect(cases[0].outcome == .skipped("not testable (no results)"))
    guard case .failed(let why) = cases[1].outcome else {
      Issue.record("a verdict that is gone passes")
      return
    }
    #expect(why.contains("reproduced → not judged"))
  }
}

/// Answers to other programs, as `Documentation/JSON.md` says them.
struct JSONAnswerTests {
  private func object(_ answer: Child.Answer) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
    let object = try #require(value as? [String: Any])
    #expect(object["version"] as? Int == 1)
    return object
  }

  @Test func aPlanTellsEveryRun() throws {
    let suite = try FakeSuite()
    let runs = ["count-0123456789abcdef", "count-0000000000000001"]
    try suite.add("fig1-fake", .runs(runs.compactMap(RunKey.init)))
    let answer = try suite.refigure("plan fig1-fake --json")
    #expect(answer.code == 0)
    let plan = try object(answer)
    #expect(plan["needed"] as? Int == 2 && plan["missing"] as? Int == 0)
    let figures = try #require(plan["figures"] as? [[String: Any]])
    #expect(figures.map { $0["figure"] as? String } == ["fig1-fake"])
    let told = try #require(figures[0]["runs"] as? [[String: Any]])
    #expect(told.map { $0["key"] as? String } == runs)
  }

  @Test func theDoctorTellsEveryLine() throws {
    let suite = try FakeSuite()
    try suite.add("fig1-fake", .runs([]))
    let sections = try #require(
      try object(suite.refigure("doctor --json"))["sections"] as? [[String: Any]])
    #expect(
      sections.map { $0["title"] as? String }
        == ["Machine", "Libraries", "Figures", "Data", "Store"])
    for finding in sections.flatMap({ $0["findings"] as? [[String: Any]] ?? [] }) {
      #expect(["fine", "poor", "failing"].contains(finding["state"] as? String))
    }
  }

  @Test func aCheckTellsWhatDiffers() throws {
    let suite = try FakeSuite()
    try suite.add("fig1-fake", .runs([]))
    try suite.add("fig2-fake", .signal(9))
    let answer = try suite.refigure("check --json --junit out/check.xml")
    // The fakes answer --golden with nothing, or with a signal.
    #expect(answer.code == 1)
    let figures = try #require(try object(answer)["figures"] as? [[String: Any]])
    #expect(figures.map { $0["agrees"] as? Bool } == [true, false])
    let xml = try String(
      contentsOf: suite.folder.url.appending(path: "out/check.xml"), encoding: .utf8)
    #expect(xml.contains(#"tests="2" failures="1""#))
  }
}
