import MetaLearners
import Tensors

/// What the answers from the meta-parameters of one epoch were worth.
public struct EvaluationOutcome: Codable, Equatable, Sendable {
  /// The epoch.
  public var epoch: Int
  /// The mean query loss before the inner loop and after each step.
  public var losses: [Double]
  /// The mean accuracy before the inner loop and after each step.
  public var accuracies: [Double]
  /// The accuracy of every episode after the last step.
  public var finalAccuracies: [Double]

  /// The scores of every episode, each at all stages of adaptation.
  init(epoch: Int, scores: [[Score<ShapedArray>]]) {
    func mean(_ value: (Score<ShapedArray>) -> ShapedArray) -> [Double] {
      scores[0].indices.map { step in
        scores.reduce(0) { $0 + Double(value($1[step]).scalar) } / Double(scores.count)
      }
    }
    self.epoch = epoch
    losses = mean(\.loss)
    accuracies = mean(\.accuracy)
    finalAccuracies = scores.map { Double($0[$0.count - 1].accuracy.scalar) }
  }

  /// The mean loss after the last step.
  public var loss: Double { losses[losses.count - 1] }

  /// The mean accuracy after the last step.
  public var accuracy: Double { accuracies[accuracies.count - 1] }
}

extension [EvaluationOutcome] {
  /// The epoch after which accuracy is highest; ties go to the earlier one.
  ///
  /// - Precondition: There is an outcome.
  public var bestEpoch: Int { self[ValidationMeasure.accuracy.best(of: self)].epoch }
}

/// By what an epoch is chosen.
public enum ValidationMeasure: String, Codable, Sendable {
  /// The smallest mean loss after adaptation.
  case loss
  /// The highest mean accuracy after adaptation.
  case accuracy

  /// The index of the best outcome; ties go to the earlier one, and what is not finite is never the
  /// best of several.
  ///
  /// - Precondition: There is an outcome.
  package func best(of outcomes: [EvaluationOutcome]) -> Int {
    best(of: outcomes.map(self == .loss ? \.loss : \.accuracy))
  }

  /// The index of the best value, likewise.
  package func best(of values: [Double]) -> Int {
    precondition(!values.isEmpty, "there is no epoch to choose")
    let finite = values.indices.filter { values[$0].isFinite }
    // The first of equals is the smallest in the eyes of `min`.
    return finite.min { self == .loss ? values[$0] < values[$1] : values[$0] > values[$1] } ?? 0
  }
}
