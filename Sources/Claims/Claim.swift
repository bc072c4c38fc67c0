import Experiments

/// A sentence of a paper that results are held to: what it states, and how each of its criteria is
/// measured in a figure's results.
///
/// ```swift
/// Claim(
///   "guiroy2019/fig5-coherence/coherence-tracks-accuracy",
///   quoting: "We clearly observe a correlation …", at: "Section 5.2, Figure 5"
/// ) {
///   for order in Order.allCases {
///     Criterion("\(order)", statistic: "R over epochs", .positive, scale: .correlation) {
///       $0[order]?.correlation
///     }
///   }
/// }
/// ```
public struct Claim<Results: Sendable>: Sendable {
  /// What it says: the part that is written into files.
  public let statement: ClaimStatement

  /// The criteria, in their order.
  public let criteria: [Criterion<Results>]

  /// What the plain learner must reach first, where the claim is about trained models.
  public let gate: Gate<Results>?

  /// A claim with its criteria; what makes it no claim stops the process with a message.
  ///
  /// - Parameters:
  ///   - id: The stable name `paper/target/short-name`.
  ///   - sentence: The paper's words.
  ///   - location: Where they stand.
  ///   - smallestBudget: The smallest budget whose runs can decide.
  ///   - seeds: The seeds that are fixed for it, if they are not the figure's.
  ///   - gate: What the plain learner must reach first.
  ///   - reservation: What a reader must know with it if it is reproduced.
  ///   - criteria: What must hold, all of it.
  public init(
    _ id: String, quoting sentence: String, at location: String,
    smallestBudget: Budget = .standard, seeds: Int? = nil, gate: Gate<Results>? = nil,
    reservation: String? = nil,
    @CriteriaBuilder<Results> criteria: () -> [Criterion<Results>]
  ) {
    self.criteria = criteria()
    self.gate = gate
    statement = ClaimStatement(
      id, quotation: ClaimStatement.Quotation(sentence, at: location),
      criteria: self.criteria.map(\.statement), smallestBudget: smallestBudget, seeds: seeds,
      gate: gate?.statement, reservation: reservation)
  }

  /// The stable name `paper/target/short-name`.
  public var id: String { statement.id }

  /// The verdict on the claim, before Holm's correction, which needs the paper's other claims.
  ///
  /// - Parameters:
  ///   - judged: The results, and the kept times where the claim is about time.
  ///   - basis: The runs that they come from.
  /// - Returns: The verdict with the numbers of each criterion.
  public func finding(on judged: Judged<Results>, from basis: Basis) -> Finding {
    statement.finding(
      from: criteria.map { $0.evidence(judged) },
      reference: gate?.readings(of: judged.results) ?? [],
      on: basis)
  }
}
