import Experiments

/// A sentence of a paper, turned into statistics over seeds with rules fixed beforehand.
///
/// A rule is never loosened to make a claim pass: a claim that fails is reported as failed. "In
/// every column" and "across all settings" mean that every criterion holds on its own.
public struct Claim: Codable, Equatable, Sendable {
  /// The words of the paper.
  public struct Quotation: Codable, Equatable, Sendable {
    /// The sentence, verbatim but for lost symbols.
    public var sentence: String

    /// Where it stands: `Section 5.1`.
    public var location: String

    /// A sentence and where it stands.
    public init(_ sentence: String, at location: String) {
      self.sentence = sentence
      self.location = location
    }
  }

  /// The fewest seeds on which a claim is judged.
  public static var minimumSeeds: Int { 5 }

  /// The level below which p counts, before and after Holm's correction.
  public static var significance: Double { 0.05 }

  /// The stable name `paper/target/short-name`, as in `guiroy2019/fig5-coherence/…`.
  public var id: String

  /// What the paper says.
  public var quotation: Quotation

  /// What must hold, all of it.
  public var criteria: [Criterion]

  /// The smallest budget whose runs can decide.
  public var smallestBudget: Budget

  /// A claim; its name has three parts, and its criteria have different names.
  public init(
    _ id: String, quotation: Quotation, criteria: [Criterion], smallestBudget: Budget = .standard
  ) {
    precondition(
      id.split(separator: "/", omittingEmptySubsequences: false).count == 3,
      "Claim: \(id) is not of the form paper/target/short-name")
    precondition(
      Set(criteria.map(\.name)).count == criteria.count, "Claim \(id): two criteria of one name")
    precondition(
      criteria.contains { $0.role == .decides }, "Claim \(id): no criterion decides")
    self.id = id
    self.quotation = quotation
    self.criteria = criteria
    self.smallestBudget = smallestBudget
  }

  /// The first part of the name.
  public var paper: String { String(id.prefix { $0 != "/" }) }

  /// The second part of the name: the figure's or table's target.
  public var target: String { String(id.dropFirst(paper.count + 1).prefix { $0 != "/" }) }
}
