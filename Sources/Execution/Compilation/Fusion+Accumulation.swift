import Tensors

/// Sums of products and convolutions, one memory location to which each adds.
extension Fusion {
  struct Accumulation {
    /// The value that nobody else reads, which becomes the sum.
    var base: Int
    var contraction: Int
  }

  /// Finds the sums that contractions can be added to in place.
  ///
  /// λ + ((a + b) + c) becomes ((λ + a) + b) + c, since sums of contractions that nobody else reads
  /// may be taken apart.
  ///
  /// `forced`: what is stored in any case.
  mutating func findAccumulations(_ results: Set<Int>, forced: Set<Int>) {
    func isPrivate(_ id: Int, to user: Int) -> Bool {
      consumers[id] == [user] && !results.contains(id)
    }
    /// Whether nobody reads a value once a sum has begun to take its place.
    func isFree(_ id: Int, before first: Int, for sum: Int) -> Bool {
      !results.contains(id) && varies[id] == varies[sum]
        && consumers[id].allSatisfy { user in
          guard user != sum else { return true }
          let runsInItsTurn =
            switch kind(user) {
            case .map: forced.contains(user) && accumulations[user] == nil
            case .reduction: true
            default: false
            }
          return user < first && varies[user] == varies[sum] && runsInItsTurn
        }
    }
    for id in graph.nodes.indices where isLive[id] && graph.nodes[id].op == .binary(.add) {
      let operands = operands(id)
      guard operands[0] != operands[1] else { continue }
      for (base, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
        guard isContraction(base) || accumulations[base] != nil, isPrivate(other, to: id) else {
          continue
        }
        if isContraction(other) {
          guard isFree(base, before: id, for: id) else { continue }
          accumulations[id] = Accumulation(base: base, contraction: other)
          break
        }
        guard let chain = chain(to: other), base < chain[0].sum,
          chain.allSatisfy({ varies[$0.sum] == varies[id] }),
          isFree(base, before: chain[0].sum, for: id)
        else { continue }
        var target = base
        for (sum, contraction) in zip(chain.map(\.sum) + [id], contractions(of: chain)) {
          accumulations[sum] = Accumulation(base: target, contraction: contraction)
          target = sum
        }
        break
      }
    }
  }

  private func isContraction(_ id: Int) -> Bool {
    switch graph.nodes[id].op {
    case .product, .convolution: true
    default: false
    }
  }

  /// The sums that lead from a first contraction to a value, all of contractions.
  private func chain(to last: Int) -> [(sum: Int, accumulation: Accumulation)]? {
    var links: [(sum: Int, accumulation: Accumulation)] = []
    var id = last
    while let accumulation = accumulations[id] {
      links.append((id, accumulation))
      id = accumulation.base
    }
    guard !links.isEmpty, links.allSatisfy({ consumers[$0.accumulation.base].count == 1 }) else {
      return nil
    }
    return links.reversed()
  }

  private func contractions(of chain: [(sum: Int, accumulation: Accumulation)]) -> [Int] {
    chain.prefix(1).map(\.accumulation.base) + chain.map(\.accumulation.contraction)
  }
}
