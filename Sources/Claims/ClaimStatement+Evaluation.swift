import Experiments
import Foundation
import Statistics

extension ClaimStatement {
  /// The verdict on the claim, from what was measured for each criterion.
  ///
  /// Reproduced if every deciding criterion is; that needs all of them, so that no correction is due.
  /// Refuted if one is, for which any would do: Holm's correction over the deciding criteria comes
  /// first. Where an ``Obstacle`` stands before the numbers, they are reported all the same.
  ///
  /// - Parameters:
  ///   - evidence: What was measured for each criterion, in their order.
  ///   - reference: What the reference arm came to, if the claim has a gate.
  ///   - basis: The runs.
  /// - Returns: The finding, before Holm's correction, which needs the paper's other claims.
  func finding(
    from evidence: [Evidence?], reference: [GateReading] = [], on basis: Basis
  ) -> Finding {
    var parts = zip(criteria, evidence).compactMap { criterion, evidence in
      evidence.map { criterion.part(on: $0, isPapersProtocol: basis.isPapersProtocol) }
    }
    let corrected = Self.correctRefutation(of: &parts)
    let deciding = parts.filter { $0.criterion.role == .decides }
    var finding = Finding(
      claim: self, basis: basis, verdict: .inconclusive, parts: parts, reference: reference,
      p: deciding.compactMap(\.p).max(), pAgainst: corrected.min())
    if let (obstacle, reason) = obstacle(before: deciding, reference, on: basis) {
      (finding.verdict, finding.obstacle, finding.reason) = (.notTestable, obstacle, reason)
    } else {
      (finding.verdict, finding.reason) = verdict(on: deciding)
    }
    return finding
  }

  /// Holm over the refutations of the deciding criteria: what is refuted alone, but not among so many
  /// chances, is open.
  ///
  /// - Returns: The corrected p values.
  private static func correctRefutation(of parts: inout [Finding.Part]) -> [Double] {
    let tested = parts.indices.filter {
      parts[$0].criterion.role == .decides && parts[$0].pAgainst != nil
    }
    let corrected = holmAdjusted(tested.compactMap { parts[$0].pAgainst })
    for (index, p) in zip(tested, corrected)
    where parts[index].verdict == .notReproduced && p >= significance {
      parts[index].verdict = .inconclusive
      parts[index].reason =
        "refuted alone, not after Holm's correction over \(tested.count) criteria"
    }
    return corrected
  }

  private func obstacle(
    before deciding: [Finding.Part], _ reference: [GateReading], on basis: Basis
  ) -> (Obstacle, String)? {
    let needed = criteria.filter { $0.role == .decides }.map(smallestBudget(of:)).max()
    if let needed, basis.budget < needed {
      return (.budget, "needs the \(needed.rawValue) budget")
    }
    let measured = Set(deciding.map(\.criterion.name))
    let missing = criteria.filter { $0.role == .decides && !measured.contains($0.name) }
    if !missing.isEmpty {
      return (.unmeasured, "not measured: " + missing.map(\.name).joined(separator: ", "))
    }
    // What is computed without chance needs no seeds.
    let counts = deciding.filter { $0.p != nil }.map(\.count)
    let planned = max(seeds ?? basis.plannedSeeds, Self.minimumSeeds)
    if let fewest = counts.min(), min(fewest, basis.seeds) < planned {
      return (.seeds, "\(min(fewest, basis.seeds)) of the \(planned) seeds that were fixed")
    }
    if let gate {
      let failed = reference.filter { !$0.passes }
      if reference.isEmpty { return (.undertrained, "the reference arm was not measured") }
      if !failed.isEmpty {
        return (.undertrained, failed.map { gate.sentence($0) }.joined(separator: "; "))
      }
    }
    return nil
  }

  private func verdict(on deciding: [Finding.Part]) -> (Verdict, String?) {
    func names(_ parts: [Finding.Part]) -> String {
      parts.map(\.criterion.name).joined(separator: ", ")
    }
    let failed = deciding.filter { $0.verdict == .notReproduced }
    let held = Self.holding(among: deciding)
    if !failed.isEmpty {
      guard !held.isEmpty else {
        return (.notReproduced, deciding.count > 1 ? "fails: " + names(failed) : nil)
      }
      return (.partly, "holds: \(names(held)); fails: \(names(failed))")
    }
    if let open = deciding.first(where: { $0.verdict == .inconclusive }) {
      let why = open.reason.map { ": " + $0 } ?? ""
      return (
        .inconclusive, deciding.count > 1 ? "open: " + open.criterion.name + why : open.reason
      )
    }
    return (.reproduced, reservation)
  }

  /// The criteria that hold though others do not: here any would do, so Holm's correction is due.
  private static func holding(among deciding: [Finding.Part]) -> [Finding.Part] {
    let adjusted = holmAdjusted(deciding.map { $0.p ?? ($0.verdict == .reproduced ? 0 : 1) })
    return zip(deciding, adjusted).filter { $0.verdict == .reproduced && $1 < significance }
      .map(\.0)
  }
}
