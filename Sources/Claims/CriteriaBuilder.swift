/// Lists the criteria of a claim: one after the other, in loops, under conditions.
@resultBuilder
public enum CriteriaBuilder<Results: Sendable> {
  public static func buildExpression(_ criterion: Criterion<Results>) -> [Criterion<Results>] {
    [criterion]
  }

  public static func buildExpression(_ criteria: [Criterion<Results>]) -> [Criterion<Results>] {
    criteria
  }

  public static func buildBlock(_ parts: [Criterion<Results>]...) -> [Criterion<Results>] {
    parts.flatMap(\.self)
  }

  public static func buildArray(_ parts: [[Criterion<Results>]]) -> [Criterion<Results>] {
    parts.flatMap(\.self)
  }

  public static func buildOptional(_ part: [Criterion<Results>]?) -> [Criterion<Results>] {
    part ?? []
  }

  public static func buildEither(first part: [Criterion<Results>]) -> [Criterion<Results>] { part }

  public static func buildEither(second part: [Criterion<Results>]) -> [Criterion<Results>] { part }
}
