import Testing

@testable import Experiments

struct ProgressReporterTests {
  @Test func aTerminalHasOneLine() {
    let messages = Messages()
    let stage = messages.reporter(.terminal(columns: 60)).stage("train", total: 100)
    messages.pass(.seconds(10))
    stage.advance(to: 20, note: "loss 0.5")
    stage.advance(to: 21)
    stage.finish()
    #expect(messages.all == "\r\u{1B}[Ktrain  20/100  0:40 left  loss 0.5\r\u{1B}[K")
  }

  @Test func aLineFitsTheTerminal() {
    let messages = Messages()
    let stage = messages.reporter(.terminal(columns: 10)).stage("a long title", total: 2)
    messages.pass(.seconds(1))
    stage.advance(to: 1)
    #expect(messages.all == "\r\u{1B}[Ka long tit")
  }

  @Test func elsewhereLinesAreSparse() {
    let messages = Messages()
    let stage = messages.reporter(.log).stage("train", total: 10_000, done: 4000)
    for step in 1...3000 {
      messages.pass(.milliseconds(10))
      stage.advance(to: 4000 + step)
    }
    stage.finish()
    #expect(
      messages.lines == [
        "train  5000/10000  0:50 left", "train  6000/10000  0:40 left",
        "train  7000/10000  0:30 left", "train  done in 0:30",
      ])
  }

  @Test(arguments: [
    (["TERM": "dumb"], false), (["TERM": "xterm", "NO_COLOR": "1"], false),
    (["TERM": "xterm", "NO_COLOR": ""], true), (["TERM": "xterm"], true), ([:], true),
  ])
  func plainTerminalsHavePlainLines(variables: [String: String], allows: Bool) {
    #expect(ProgressReporter.allowsSequences(variables) == allows)
  }

  @Test func hoursAreHours() {
    let messages = Messages()
    let stage = messages.reporter(.log).stage("train", total: 1000)
    messages.pass(.seconds(10))
    stage.advance(to: 1)
    #expect(messages.lines == ["train  1/1000  2:46:30 left"])
  }

  @Test func quietStillWarns() {
    let messages = Messages()
    let reporter = messages.reporter(.quiet)
    let stage = reporter.stage("train", total: 10)
    messages.pass(.seconds(100))
    stage.advance(to: 5)
    stage.finish()
    reporter.note("nothing of importance")
    reporter.warn("the roof is on fire")
    #expect(messages.lines == ["warning: the roof is on fire"])
  }
}
