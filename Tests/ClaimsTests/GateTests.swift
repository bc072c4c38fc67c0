import Experiments
import Statistics
import Testing

@testable import Claims

/// A claim about trained models is judged only where the plain learner is trained.
struct GateTests {
  struct Results: Sendable {
    var gain: PerSeed<Double>
    var plain: [String: ReferenceArm]
  }

  private let up = PerSeed([1.0, 1.2, 0.9, 1.1, 1.0])
  private let claim = Claim<Results>(
    "paper2020/table1-x/y", quoting: "It helps.", at: "Table 1",
    gate: Gate(
      "MAML", accuracyAtLeast: ["glyphs": 0.6, "scenes": 0.35], lastQuarterGainsAtMost: 0.02
    ) { $0.plain }
  ) {
    Criterion("gain", statistic: "gain", .positive) { $0.gain }
  }

  private func arm(_ level: Double, _ curve: [Double]? = nil) -> ReferenceArm {
    ReferenceArm(
      PerSeed([level - 0.01, level, level + 0.01, level, level]),
      curve: curve.map { curve in PerSeed((0..<5).map { _ in curve }) })
  }

  private func finding(_ plain: [String: ReferenceArm]) -> Finding {
    claim.finding(on: Judged(Results(gain: up, plain: plain)), from: .standIns)
  }

  @Test func aTrainedReferenceOpensTheGate() {
    let finding = finding(["glyphs": arm(0.7), "scenes": arm(0.4)])
    #expect(finding.verdict == .reproduced && finding.obstacle == nil)
    #expect(finding.referenceText == "MAML: 70 % glyphs (gate 60 %), 40 % scenes (gate 35 %)")
  }

  @Test func anUntrainedOneClosesIt() {
    let finding = finding(["glyphs": arm(0.31), "scenes": arm(0.4)])
    #expect(finding.verdict == .notTestable && finding.obstacle == .undertrained)
    #expect(finding.verdictText == "not testable (undertrained)")
    #expect(finding.reason == "MAML reaches 31 % on glyphs; the gate is 60 %")
    // The numbers are reported all the same.
    #expect(finding.parts[0].verdict == .reproduced)
  }

  @Test func aCurveThatStillRisesClosesIt() {
    let rising = (0...8).map { 0.3 + 0.05 * Double($0) }
    let finding = finding(["glyphs": arm(0.7, rising)])
    #expect(finding.obstacle == .undertrained)
    #expect(
      finding.reason
        == "MAML reaches 70 % on glyphs; its last quarter still gains 10 points, more than 2 points"
    )
    #expect(self.finding(["glyphs": arm(0.7, rising + [0.7, 0.7, 0.7, 0.7])]).obstacle == nil)
  }

  /// What is compared has no level to reach, but nothing is said of it while it still learns.
  @Test func whatIsComparedMustHaveLearnedToo() {
    func finding(_ curve: [Double]) -> Finding {
      Claim<Results>(
        "paper2020/table1-x/y", quoting: "It helps.", at: "Table 1",
        gate: Gate(
          "MAML", accuracyAtLeast: ["glyphs": 0.6], lastQuarterGainsAtMost: 0.02,
          compared: { _ in ["KFO on glyphs": PerSeed((0..<5).map { _ in curve })] }
        ) { $0.plain }
      ) {
        Criterion("gain", statistic: "gain", .positive) { $0.gain }
      }.finding(on: Judged(Results(gain: up, plain: ["glyphs": arm(0.7)])), from: .standIns)
    }
    let rising = finding((0...8).map { 0.05 * Double($0) })
    #expect(rising.obstacle == .undertrained)
    #expect(
      rising.reason
        == "KFO on glyphs reaches 40 % on validation; its last quarter still gains 10 points, more "
        + "than 2 points")
    #expect(rising.referenceText == "MAML: 70 % glyphs (gate 60 %)")
    #expect(finding([0.1, 0.3, 0.3, 0.3, 0.3]).verdict == .reproduced)
    // Two points to the last digit of an accuracy in single precision are not more than two points.
    #expect(finding([0.1, 0.3, 0.3, 0.3, 0.3 + 0.02 + 1e-9]).verdict == .reproduced)
  }

  @Test func dataWithoutALevelCannotPass() {
    #expect(finding(["faces": arm(0.9)]).reason == "no gate was fixed for MAML on faces")
    #expect(finding([:]).reason == "the reference arm was not measured")
  }

  @Test func errorsAreBetterWhenSmall() {
    let gate = GateStatement(arm: "MAML", measure: .error, levels: ["": 0.5], gain: 0.1)
    let falling = arm(0.4, [4, 3, 2, 1, 0.4])
    #expect(gate.readings(of: ["": arm(0.4, [4, 1, 0.41, 0.41, 0.4])]).map(\.passes) == [true])
    #expect(gate.readings(of: ["": falling]).map(\.passes) == [false])
    #expect(gate.readings(of: ["": arm(0.6)]).map(\.passes) == [false])
  }
}
