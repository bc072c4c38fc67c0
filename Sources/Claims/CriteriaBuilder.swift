/// Lists the criteria of a claim: one after the other, in loops, under conditions.
@resultBuilder
public enum CriteriaBuilder<Results: Sendable> {
  /// One criterion.
  public static func buildExpression(_ criterion: Criterion<Results>) -> [Criterion<Results>] {
    [criterion]
  }

  /// Criteria made elsewhere.
  public static func buildExpression(_ criteria: [Criterion<Results>]) -> [Criterion<Results>] {
    criteria
  }

  /// Criteria in order.
  public static func buildBlock(_ parts: [Criterion<Results>]...) -> [Criterion<Results>] {
    parts.flatMap(\.self)
  }

  /// Criteria of a loop.
  public static func buildArray(_ parts: [[Criterion<Results>]]) -> [Criterion<Results>] {
    parts.flatMap(\.self)
  }

  /// Criteria under a condition.
  public static func buildOptional(_ part: [Criterion<Results>]?) -> [Criterion<Results>] {
    part ?? []
  }

  /// Criteria of the first alternative.
  public static func buildEither(first part: [Criterion<Results>]) -> [Criterion<Results>] { part }

  /// Criteria of the second alternative.
  public static func buildEither(second part: [Criterion<Results>]) -> [Criterion<Results>] { part }
}
