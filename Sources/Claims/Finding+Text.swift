import Foundation

extension Finding: CustomStringConvertible {
  /// One line: the claim, its verdict, and the numbers of its weakest part.
  public var description: String {
    var line = "\(claim.id): \(verdictText)"
    if let part = weakestPart { line += "; " + part.summary }
    if let adjustedP { line += String(format: ", Holm p = %.2g", adjustedP) }
    line += " (\(basis.description))"
    if let reason { line += "; " + reason }
    return line
  }

  /// Several lines: the claim with its verdict, what that rests on, each criterion, each reason.
  public var lines: [String] {
    let details =
      ["on \(basis.description), \(basis.seeds) seeds"]
      + (referenceText.map { ["plain learner: " + $0] } ?? [])
      + parts.map { $0.summary + ($0.criterion.role == .decides ? "" : " (accompanies)") }
      + (reason?.split(separator: "; ").map(String.init) ?? [])
    return ["\(claim.id): \(verdictText)"] + details.map { "  " + $0 }
  }

  /// The verdict, with what stands before it: `not testable (undertrained)`.
  public var verdictText: String {
    verdict.rawValue + (obstacle.map { " (\($0.rawValue))" } ?? "")
  }

  /// What the reference arm reached, beside its gate: `MAML, CNN(2): 0.31 glyphs (gate 0.433, fails)`.
  public var referenceText: String? {
    guard let gate = claim.gate, !reference.isEmpty else { return nil }
    return gate.arm + ": "
      + plainLearner.map { reading in
        let level = reading.level.map { "gate " + gate.text(of: $0) } ?? "no gate"
        let isStillLearning = reading.lastQuarterGain.map { !gate.isEnd($0) } ?? false
        let failure = isStillLearning ? ", still learning" : ", fails"
        return gate.text(of: reading.value) + " "
          + (reading.data.isEmpty ? "" : reading.data + " ")
          + "(\(level)\(reading.passes ? "" : failure))"
      }.joined(separator: ", ")
  }

  /// What the reference arm came to, without what is compared with it.
  public var plainLearner: [GateReading] {
    reference.filter { $0.arm == nil }
  }
}

extension Finding.Part {
  /// `6.12 [5.2, 6.9] points`, or the number alone where there is no interval.
  public var measured: String {
    guard let effect else { return "" }
    guard let interval, interval.isBounded else { return criterion.text(of: effect) }
    return criterion.text(of: interval)
  }

  /// The effect that the paper reports, if it does.
  public var papers: String? { criterion.paperEffect.map { criterion.text(of: $0) } }

  /// The numbers on one line: effect, interval, n, p, and where they show nothing what so few seeds can.
  public var summary: String {
    var words = ["\(criterion.name):"]
    if let interval {
      words.append(criterion.text(of: interval, digits: 4))
    } else if let effect {
      words.append(criterion.text(of: effect, digits: 4))
    }
    var numbers = count > 0 ? ["n = \(count)"] : []
    if let p { numbers.append(String(format: "p = %.2g", p)) }
    let isRefuted = pAgainst.map { $0 < ClaimStatement.significance } ?? false
    if let pAgainst, isRefuted { numbers.append(String(format: "p against = %.2g", pAgainst)) }
    if let paper = criterion.paperEffect { numbers.append("paper \(criterion.text(of: paper))") }
    if let power { numbers.append(String(format: "power %.2g", power)) }
    let isOpen = !isRefuted && p.map { $0 >= ClaimStatement.significance } ?? true
    if power == nil, isOpen, let minimalDetectableEffect {
      numbers.append("detectable \(criterion.text(of: minimalDetectableEffect, digits: 2))")
    }
    if let reason { numbers.append(reason) }
    return words.joined(separator: " ")
      + (numbers.isEmpty ? "" : " (\(numbers.joined(separator: ", ")))")
  }
}
