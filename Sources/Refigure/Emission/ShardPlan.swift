import Experiments
import Reproduction

/// What is to be done, as shards in waves: those of a wave build on earlier waves alone.
///
/// Nothing depends on the order: the store runs whatever a run lacks, and makes whoever needs a run
/// that is under way wait for it. Waves save that waiting.
struct ShardPlan {
  /// The shards of each wave, the longest first.
  let waves: [[Shard]]

  /// What a figure needs.
  struct Need {
    var figure: String
    var runs: [RunListing]
    /// What runs are likely to take on one core, as far as anyone knows.
    var seconds: [RunKey: Double]
  }

  /// - Parameters:
  ///   - needs: What each figure needs; figures share runs, and the first that needs one does it.
  ///   - seconds: How long a shard is to take.
  ///   - cores: How many cores each task has.
  ///   - limit: The most shards of a wave: what the scheduler takes as one array.
  init(_ needs: [Need], seconds: Double, cores: Int, limit: Int) {
    var wave: [RunKey: Int] = [:]
    var pieces: [[Shard]] = []
    for need in needs {
      let missing = Self.missing(need.runs)
      for run in need.runs where missing.contains(run.key) && wave[run.key] == nil {
        let own = 1 + (run.foundations.compactMap { wave[$0] }.max() ?? -1)
        wave[run.key] = own
        while pieces.count <= own { pieces.append([]) }
        // What nobody knows has a shard of its own, as long as there is room.
        pieces[own].append(
          Shard(
            run.key, of: need.figure, seconds: need.seconds[run.key] ?? seconds * Double(cores)))
      }
    }
    waves = pieces.map { Self.packed($0, seconds: seconds * Double(cores), limit: limit) }
  }

  /// Shards of one figure each that take so long, or longer where there would be too many; shards of
  /// several figures where there are more figures than shards.
  private static func packed(_ pieces: [Shard], seconds: Double, limit: Int) -> [Shard] {
    var byFigure: [[Shard]] = []
    for piece in pieces {
      if byFigure.last?.first?.parts[0].figure == piece.parts[0].figure {
        byFigure[byFigure.count - 1].append(piece)
      } else {
        byFigure.append([piece])
      }
    }
    let counts = byFigure.map { own in
      max(1, Int((own.reduce(0) { $0 + $1.seconds } / seconds).rounded(.up)))
    }
    let all = counts.reduce(0, +)
    let shards = zip(byFigure, counts).flatMap { own, count in
      Shard.packed(own, into: all <= limit ? count : max(1, count * limit / all))
    }
    return Shard.packed(shards, into: limit)
  }

  /// The runs that are read and not stored, and what these build on, if it is not stored either.
  private static func missing(_ listings: [RunListing]) -> Set<RunKey> {
    var missing: Set<RunKey> = []
    var wanted = Set(listings.filter(\.isRead).map(\.key))
    for listing in listings.reversed() where wanted.contains(listing.key) && !listing.isStored {
      missing.insert(listing.key)
      wanted.formUnion(listing.foundations)
    }
    return missing
  }
}

extension ShardPlan.Need {
  init(_ plan: FigurePlan) {
    figure = plan.figure
    runs = plan.listings
    // A run of which nobody knows more takes its part of what the figure takes.
    let part = plan.coreSeconds.map { $0 / Double(max(plan.rows.count, 1)) }
    seconds = Dictionary(
      plan.rows.compactMap { row in (row.estimatedSeconds ?? part).map { (row.key, $0) } }
    ) { first, _ in first }
  }
}
