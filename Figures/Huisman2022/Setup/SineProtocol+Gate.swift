import Claims
import CommonSetup
import Statistics

extension SineProtocol {
  /// What second-order MAML with T = 5 must reach before methods are compared: half way from the
  /// error of predicting zero, about 4.4, to the 0.4 that can be read off the authors' plots; and a
  /// last quarter that takes at most a tenth off the error.
  package static let gate = Gate<SineResults>(
    "MAML, T = 5", errorAtMost: ["": 4.4 - (4.4 - 0.4) / 2], lastQuarterGainsAtMost: 0.1
  ) { results in
    guard let found = results[.maml(steps: 5, .second)] else { return [:] }
    return ["": ReferenceArm(found.map(\.validationLoss), curve: found.map(\.validationLosses))]
  }
}
