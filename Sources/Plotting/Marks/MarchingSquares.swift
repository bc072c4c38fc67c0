/// The lines on which a field, bilinear between its places, has a given value.
struct MarchingSquares {
  /// Polylines in data coordinates; a closed one ends where it starts.
  private(set) var lines: [[Point]] = []

  /// An edge of the grid: from a place to its right or upper neighbour.
  private struct Edge: Hashable {
    var row: Int
    var column: Int
    var isUpright: Bool
  }

  init(_ field: Field, level: Double) {
    // Every crossed edge belongs to at most two segments, so following neighbours joins lines.
    var neighbours: [Edge: [Edge]] = [:]
    var order: [Edge] = []
    func join(_ a: Edge, _ b: Edge) {
      for (from, to) in [(a, b), (b, a)] {
        if neighbours[from] == nil { order.append(from) }
        neighbours[from, default: []].append(to)
      }
    }
    for row in 0..<field.y.count - 1 {
      for column in 0..<field.x.count - 1 {
        for (a, b) in Self.segments(field, level, row, column) { join(a, b) }
      }
    }

    var used: Set<Edge> = []
    func follow(_ start: Edge) -> [Edge] {
      var line = [start]
      used.insert(start)
      var current = start
      while let next = neighbours[current]?.first(where: { !used.contains($0) }) {
        used.insert(next)
        line.append(next)
        current = next
      }
      if line.count > 2, neighbours[current]?.contains(start) == true { line.append(start) }
      return line
    }
    // Open lines first, from their ends; what remains is closed.
    let starts = order.filter { neighbours[$0]?.count == 1 } + order
    for start in starts where !used.contains(start) {
      lines.append(follow(start).map { Self.crossing(field, level, $0) })
    }
  }

  private static func segments(
    _ field: Field, _ level: Double, _ row: Int, _ column: Int
  ) -> [(Edge, Edge)] {
    let v = field.values
    let corners = [
      v[row][column], v[row][column + 1], v[row + 1][column + 1], v[row + 1][column],
    ]
    guard corners.allSatisfy(\.isFinite) else { return [] }
    let bottom = Edge(row: row, column: column, isUpright: false)
    let right = Edge(row: row, column: column + 1, isUpright: true)
    let top = Edge(row: row + 1, column: column, isUpright: false)
    let left = Edge(row: row, column: column, isUpright: true)
    let pattern = corners.enumerated().reduce(0) { $0 | ($1.element >= level ? 1 << $1.offset : 0) }
    switch pattern {
    case 1, 14: return [(left, bottom)]
    case 2, 13: return [(bottom, right)]
    case 3, 12: return [(left, right)]
    case 4, 11: return [(right, top)]
    case 6, 9: return [(bottom, top)]
    case 7, 8: return [(left, top)]
    case 5, 10:
      // A saddle: the value in the middle says which opposite corners are connected.
      let middleIsHigh = corners.reduce(0, +) / 4 >= level
      return middleIsHigh == (pattern == 5)
        ? [(left, top), (bottom, right)] : [(left, bottom), (right, top)]
    default: return []
    }
  }

  private static func crossing(_ field: Field, _ level: Double, _ edge: Edge) -> Point {
    let (row, column) = (edge.row, edge.column)
    let start = field.values[row][column]
    let end = edge.isUpright ? field.values[row + 1][column] : field.values[row][column + 1]
    let part = (level - start) / (end - start)
    guard edge.isUpright else {
      return Point(field.x[column] + part * (field.x[column + 1] - field.x[column]), field.y[row])
    }
    return Point(field.x[column], field.y[row] + part * (field.y[row + 1] - field.y[row]))
  }
}
