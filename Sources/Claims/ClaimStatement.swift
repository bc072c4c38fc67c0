import Experiments

/// A sentence of a paper, turned into statistics over seeds with rules fixed beforehand: what is
/// written of a ``Claim`` into files.
///
/// A rule is never loosened to make a claim pass: a claim that fails is reported as failed. "In
/// every column" and "across all settings" mean that every criterion holds on its own.
public struct ClaimStatement: Codable, Equatable, Sendable {
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
  public var criteria: [CriterionStatement]

  /// The smallest budget whose runs can decide, unless a criterion has its own.
  public var smallestBudget: Budget

  /// The seeds that are fixed for it, if they are not the figure's.
  public var seeds: Int?

  /// What the plain learner must reach first, where the claim is about trained models.
  public var gate: GateStatement?

  /// What a reader must know with a claim that is reproduced: `up to E11, a factor of two`.
  public var reservation: String?

  /// A claim; its name has three parts, and its criteria have different names.
  ///
  /// A claim that is none stops the process with its ``flaw``.
  public init(
    _ id: String, quotation: Quotation, criteria: [CriterionStatement],
    smallestBudget: Budget = .standard, seeds: Int? = nil, gate: GateStatement? = nil,
    reservation: String? = nil
  ) {
    self.id = id
    self.quotation = quotation
    self.criteria = criteria
    self.smallestBudget = smallestBudget
    self.seeds = seeds
    self.gate = gate
    self.reservation = reservation
    // Not a precondition, whose words are lost where code is optimised.
    if let flaw { fatalError(flaw) }
  }

  /// What makes this no claim that could be judged, if anything does.
  var flaw: String? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
      return "the claim “\(id)” is not named paper/target/short-name"
    }
    var names: Set<String> = []
    for criterion in criteria where !names.insert(criterion.name).inserted {
      return "the claim \(id) has two criteria named “\(criterion.name)”"
    }
    guard criteria.contains(where: { $0.role == .decides }) else {
      return "the claim \(id) has no criterion that decides"
    }
    return nil
  }

  /// The first part of the name.
  public var paper: String { String(id.prefix { $0 != "/" }) }

  /// The second part of the name: the figure's or table's target.
  public var target: String { String(id.dropFirst(paper.count + 1).prefix { $0 != "/" }) }

  /// The smallest budget that can decide a criterion.
  func smallestBudget(of criterion: CriterionStatement) -> Budget {
    criterion.smallestBudget ?? smallestBudget
  }
}
