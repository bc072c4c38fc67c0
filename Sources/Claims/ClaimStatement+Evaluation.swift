import Experiments

extension ClaimStatement {
  /// The verdict on the claim, from what was measured for each criterion.
  ///
  /// Reproduced if every deciding criterion is, not reproduced if one is not, else inconclusive.
  /// Below the smallest budget, below ``minimumSeeds`` or with a criterion unmeasured it is not
  /// testable, and the numbers are reported all the same.
  ///
  /// - Parameters:
  ///   - evidence: What was measured for each criterion, in their order.
  ///   - budget: The budget of the runs.
  ///   - data: The data set of the runs, as the figure names it.
  /// - Returns: The finding, before Holm's correction, which needs the paper's other claims.
  func finding(from evidence: [Evidence?], budget: Budget, data: String) -> Finding {
    let parts = zip(criteria, evidence).compactMap { criterion, evidence in
      evidence.map { criterion.part(on: $0) }
    }
    let deciding = parts.filter { $0.criterion.role == .decides }
    let pValues = deciding.compactMap(\.p)
    var finding = Finding(
      claim: self, budget: budget, data: data, verdict: .inconclusive, parts: parts,
      p: pValues.max())
    (finding.verdict, finding.reason) = verdict(on: deciding, budget: budget)
    return finding
  }

  private func verdict(
    on deciding: [Finding.Part], budget: Budget
  ) -> (verdict: Verdict, reason: String?) {
    let needed = criteria.filter { $0.role == .decides }.map(smallestBudget(of:)).max()
    if let needed, budget < needed {
      return (.notTestable, "needs the \(needed.rawValue) budget")
    }
    let measured = Set(deciding.map(\.criterion.name))
    let missing = criteria.filter { $0.role == .decides && !measured.contains($0.name) }
    guard missing.isEmpty else {
      return (.notTestable, "not measured: " + missing.map(\.name).joined(separator: ", "))
    }
    if let untestable = deciding.first(where: { $0.verdict == .notTestable }) {
      return (.notTestable, untestable.reason)
    }
    if let failed = deciding.first(where: { $0.verdict == .notReproduced }) {
      return (.notReproduced, deciding.count > 1 ? "fails: \(failed.criterion.name)" : nil)
    }
    if let open = deciding.first(where: { $0.verdict == .inconclusive }) {
      let why = open.reason.map { ": " + $0 } ?? ""
      return (.inconclusive, deciding.count > 1 ? open.criterion.name + why : open.reason)
    }
    return (.reproduced, nil)
  }

  /// The verdict on the claim, from evidence by the criteria's names; unknown names are a mistake.
  public func finding(
    from evidence: [String: Evidence], budget: Budget, data: String
  ) -> Finding {
    let unknown = Set(evidence.keys).subtracting(criteria.map(\.name))
    if !unknown.isEmpty { fatalError("the claim \(id) has no criteria \(unknown.sorted())") }
    return finding(from: criteria.map { evidence[$0.name] }, budget: budget, data: data)
  }
}
