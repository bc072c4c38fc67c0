import Experiments

/// Some runs that one task does, of one figure or of several.
struct Shard: Equatable {
  /// Runs of one figure, which are one command.
  struct Part: Equatable {
    var figure: String
    var runs: [RunKey]
  }

  private(set) var parts: [Part] = []
  /// What they are likely to take on one core.
  private(set) var seconds = 0.0

  /// Takes another's runs; those of a figure that it has join them.
  mutating func add(_ other: Shard) {
    seconds += other.seconds
    for part in other.parts {
      if let place = parts.firstIndex(where: { $0.figure == part.figure }) {
        parts[place].runs += part.runs
      } else {
        parts.append(part)
      }
    }
  }

  /// One run.
  init(_ run: RunKey, of figure: String, seconds: Double) {
    parts = [Part(figure: figure, runs: [run])]
    self.seconds = seconds
  }

  private init() {}

  /// At most so many shards with about as much to do each: the longest first, each to the shard that
  /// has least (Graham's rule, within 4/3 of the best).
  static func packed(_ pieces: [Shard], into count: Int) -> [Shard] {
    var shards = [Shard](repeating: Shard(), count: min(count, pieces.count))
    let ordered = longestFirst(pieces)
    guard shards.count < pieces.count else { return ordered }
    for piece in ordered {
      guard let least = shards.indices.min(by: { shards[$0].seconds < shards[$1].seconds }) else {
        break
      }
      shards[least].add(piece)
    }
    return longestFirst(shards)
  }

  /// Those that take the same keep their order, so that equal plans are equal files.
  private static func longestFirst(_ shards: [Shard]) -> [Shard] {
    shards.enumerated().sorted {
      ($1.element.seconds, $0.offset) < ($0.element.seconds, $1.offset)
    }.map(\.element)
  }
}
