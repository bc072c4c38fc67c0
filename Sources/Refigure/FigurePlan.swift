import Experiments
import Foundation
import Reproduction

/// What making one figure would compute.
struct FigurePlan: Sendable {
  /// A run, with what it is likely to take and why it would be run.
  struct Row: Encodable, Sendable {
    var key: RunKey
    /// The epoch after which nobody asks for more of it; left out if all of it is asked for.
    var lastEpoch: Int?
    var stored: Bool
    var state: RunHistory.State
    /// On one core; left out if nobody knows.
    var estimatedSeconds: Double?
    /// Whether that comes of a run of another size.
    var isScaled: Bool?
    var estimatedBytes: Int?
    /// Empty if it is stored, or if nobody asks.
    var why: String
  }

  let figure: String
  /// What is computed: the preset's name, or else the budget's.
  let extent: String
  let listings: [RunListing]
  let rows: [Row]
  /// What is to be done is likely to take on one core; nil if nobody knows.
  let coreSeconds: Double?
  /// Whether nobody knows that of a part of it.
  let isLeast: Bool
  /// What it took where the kept results were made, memory and disk, at this extent or at standard.
  let timing: FigureTiming?
  private let cost: String

  /// The plan of a figure.
  ///
  /// Why each run would be done is found out only if `isExplained`: it takes longer than all else.
  init(
    of figure: FigureExecutable, _ selection: FigureSelection, _ history: RunHistory,
    _ timings: [FigureTiming], threads: Int, isExplained: Bool
  ) throws {
    self.figure = figure.name
    extent = selection.extent
    let listings = try figure.runs(selection.asked(of: figure.description).arguments)
    self.listings = listings
    let kinds = Set(listings.map(\.key.name))
    let costs = try listings.map { $0.isStored ? nil : try history.cost(of: $0, besides: kinds) }
    rows = try zip(listings, costs).map { listing, cost in
      try Row(
        key: listing.key, lastEpoch: listing.lastEpoch, stored: listing.isStored,
        state: history.state(of: listing),
        estimatedSeconds: cost?.seconds, isScaled: cost?.isScaled,
        estimatedBytes: listing.isStored ? nil : history.bytes(of: listing),
        why: isExplained
          ? history.reason(for: listing, within: Self.columns - 33 - listing.title.count) : "")
    }
    let missing = zip(listings, costs).filter { !$0.0.isStored }.map(\.1)
    let earlier = timings.first {
      $0.is(of: figure.name, selection.extent, data: selection.data)
    }
    let scaled =
      try missing.contains(nil) && earlier == nil
      ? Self.estimate(of: listings, figure, selection, timings) : nil
    cost = Self.cost(of: missing, earlier, scaled, threads: threads)
    let known = missing.compactMap(\.self)
    coreSeconds =
      known.count == missing.count
      ? CostEstimate.sum(known).seconds : earlier?.coreSeconds ?? scaled?.seconds
    isLeast = known.count < missing.count && earlier == nil && scaled?.isLeast ?? false
    timing =
      earlier
      ?? timings.first { $0.is(of: figure.name, Budget.standard.rawValue, data: nil) }
  }

  /// What is to be trained, with its part of the time of the figure; nil if nobody knows that time.
  var parts: [[String: String]: Double]? {
    coreSeconds.map { seconds in
      CostEstimate.parts(
        of: seconds,
        among: listings.filter { !$0.isStored }.map { FlatJSON(Data($0.description.utf8)) })
    }
  }

  /// The width of a line, of which a run's key and cost take their part.
  private static let columns = 100

  /// Which runs are listed below a figure's line.
  enum Listing { case none, missing, all }

  /// The figure's line, and one for each run that is listed.
  func text(_ listing: Listing) -> String {
    var table = TextTable()
    for row in rows where listing == .all || listing == .missing && !row.stored {
      table.append(
        "  \(PlannedRun.title(of: row.key, lastEpoch: row.lastEpoch))", row.state.rawValue,
        row.stored ? "" : row.costText, row.why)
    }
    return "\(figure) (\(extent)): \(Spoken.count(rows.count, "run")), "
      + "\(rows.count(where: \.stored)) stored\(cost)\n" + table.text
  }

  /// What all runs of a figure are likely to take, from what it took at the standard budget.
  private static func estimate(
    of listings: [RunListing], _ figure: FigureExecutable, _ selection: FigureSelection,
    _ timings: [FigureTiming]
  ) throws -> CostEstimate? {
    let standard = Budget.standard.rawValue
    guard let timing = timings.first(where: { $0.is(of: figure.name, standard, data: nil) })
    else { return nil }
    // As it was timed: on stand-ins, wherever others lie.
    let arguments = ["--budget", standard, "--output", selection.place.output.path]
    func descriptions(_ listings: [RunListing]) -> [FlatJSON] {
      listings.map { FlatJSON(Data($0.description.utf8)) }
    }
    return CostEstimate.scaling(
      timing.coreSeconds, of: descriptions(try figure.runs(arguments)), to: descriptions(listings))
  }

  private static func cost(
    of missing: [CostEstimate?], _ earlier: FigureTiming?, _ scaled: CostEstimate?, threads: Int
  ) -> String {
    guard !missing.isEmpty else { return "" }
    let known = missing.compactMap(\.self)
    let cores = "on " + Spoken.count(threads, "core")
    func divided(_ estimate: CostEstimate) -> CostEstimate {
      var divided = estimate
      divided.seconds /= Double(threads)
      return divided
    }
    var words = ", \(missing.count) to do"
    if known.count == missing.count {
      words += ", \(divided(.sum(known))) \(cores)"
    } else if let earlier {
      words +=
        ", \(Spoken.about(earlier.seconds(onCores: threads))) \(cores) in all, "
        + "\(Spoken.bytes(earlier.peakBytes)) of memory (measured on \(earlier.processor))"
    } else if let scaled {
      words += ", \(divided(scaled)) \(cores) in all, from the standard budget"
    }
    return words
  }
}

extension FigurePlan.Row {
  fileprivate var costText: String {
    var words: [String] = []
    if let estimatedSeconds {
      words.append("\(CostEstimate(seconds: estimatedSeconds, isScaled: isScaled ?? false))")
    }
    if let estimatedBytes { words.append(Spoken.bytes(estimatedBytes)) }
    return words.isEmpty ? "cost unknown" : words.joined(separator: ", ")
  }
}

/// Plans for other programs: the answer to `refigure plan --json`.
struct PlanReport: Encodable {
  struct Figure: Encodable {
    var figure: String
    var extent: String
    var runs: [FigurePlan.Row]
  }

  /// The version of this form.
  let version = 1
  /// Where the runs are.
  let store: String
  let figures: [Figure]
  /// How many different runs there are, and how many are not stored; figures share them.
  let needed: Int
  let missing: Int

  init(_ plans: [FigurePlan], in store: RunStore) {
    self.store = store.folder.path
    figures = plans.map { Figure(figure: $0.figure, extent: $0.extent, runs: $0.rows) }
    let rows = plans.flatMap(\.rows)
    needed = Set(rows.map(\.key)).count
    missing = Set(rows.filter { !$0.stored }.map(\.key)).count
  }
}
