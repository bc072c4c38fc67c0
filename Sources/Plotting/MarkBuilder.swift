/// Collects the marks of a plot written one under the other, with `if` and `for`.
@resultBuilder
public enum MarkBuilder {
  /// One mark.
  public static func buildExpression(_ mark: some Mark) -> [any Mark] { [mark] }
  /// Marks collected before.
  public static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  /// Marks in order.
  public static func buildBlock(_ parts: [any Mark]...) -> [any Mark] { parts.flatMap(\.self) }
  /// Marks of a loop.
  public static func buildArray(_ parts: [[any Mark]]) -> [any Mark] { parts.flatMap(\.self) }
  /// Marks under a condition.
  public static func buildOptional(_ part: [any Mark]?) -> [any Mark] { part ?? [] }
  /// Marks of the first alternative.
  public static func buildEither(first part: [any Mark]) -> [any Mark] { part }
  /// Marks of the second alternative.
  public static func buildEither(second part: [any Mark]) -> [any Mark] { part }
}
