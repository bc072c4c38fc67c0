/// Which of a model's weights an inner loop adapts.
///
/// The others are meta-parameters that stay as the outer loop made them. Names are matched by the
/// parts of their path, so that `"block1"`, `"head"` and `"shift"` each name a group.
public enum Layers: Codable, Hashable, Sendable {
  /// All of them: MAML.
  case all
  /// The last layer alone: ANIL.
  case head
  /// Those with one of these parts in their path.
  case only([String])
  /// Those with none of these parts in their path, such as `["shift"]` in the code of MAML.
  case except([String])

  /// Whether the weight of this name is adapted.
  public func contains(_ name: String) -> Bool {
    let parts = name.split(separator: "/").map(String.init)
    return switch self {
    case .all: true
    case .head: parts.first == "head"
    case .only(let groups): groups.contains(where: parts.contains)
    case .except(let groups): groups.allSatisfy { !parts.contains($0) }
    }
  }
}
