/// The Z that minimises ½⟨Z, HZ⟩ − ⟨R, Z⟩ among those whose rows sum to zero and that vanish where
/// nothing is free.
///
/// The last free element of each row is minus the sum of the others, which leaves a positive definite
/// system in those others.
struct FreeSystem {
  /// An element that may move, and the one of its row that moves against it.
  private struct Mover {
    var row: Int
    var column: Int
    var counterpart: Int
  }

  private let columns: Int
  private let count: Int
  private let movers: [Mover]
  private let factor: CholeskyFactor

  /// The system of a matrix H of so many rows and of the elements, of rows of so many columns, that
  /// are free.
  init(_ h: [Double], size: Int, columns: Int, isFree: [Bool]) {
    self.columns = columns
    count = size * columns
    var movers: [Mover] = []
    for row in 0..<size {
      let free = (0..<columns).filter { isFree[row * columns + $0] }
      guard let counterpart = free.last else { continue }
      movers += free.dropLast().map { Mover(row: row, column: $0, counterpart: counterpart) }
    }
    var matrix = [Double](repeating: 0, count: movers.count * movers.count)
    for (i, a) in movers.enumerated() {
      for (j, b) in movers.enumerated().dropFirst(i) {
        var shared = 0.0
        if a.column == b.column { shared += 1 }
        if a.column == b.counterpart { shared -= 1 }
        if a.counterpart == b.column { shared -= 1 }
        if a.counterpart == b.counterpart { shared += 1 }
        matrix[i * movers.count + j] = shared * h[a.row * size + b.row]
      }
    }
    self.movers = movers
    factor = CholeskyFactor(matrix, size: movers.count)
  }

  /// Z for a right side R.
  func solve(_ right: [Double]) -> [Double] {
    let differences = movers.map {
      right[$0.row * columns + $0.column] - right[$0.row * columns + $0.counterpart]
    }
    var z = [Double](repeating: 0, count: count)
    for (mover, value) in zip(movers, factor.solve(differences, columns: 1)) {
      z[mover.row * columns + mover.column] = value
      z[mover.row * columns + mover.counterpart] -= value
    }
    return z
  }
}
