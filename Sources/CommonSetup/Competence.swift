import DataSets
import Claims
import Statistics

/// What a plain learner must reach before a claim about trained models is judged.
///
/// One rule for all papers, fixed before any result: half of what the paper's plain learner gains over
/// chance. What learns less than that says little on what helps it.
public enum Competence {
  /// The most that accuracy may still gain in the last quarter of training.
  public static let lastQuarterGain = 0.02

  /// Half way from chance to the paper's accuracy.
  public static func halfway(from chance: Double, to accuracy: Double) -> Double {
    chance + (accuracy - chance) / 2
  }
}

extension ClaimScope {
  /// How a set is called in claims: what stands for it is not named after it.
  public func title(_ set: ImageSet) -> String {
    data == nil ? "\(set.standIn) for \(set.title)" : set.title
  }
}
