import ArgumentParser
import Claims
import Experiments
import Foundation
import Reproduction

/// Says what making figures would compute.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the runs that figures need: stored or not, the cost, and why each would run.",
    discussion: """
      A cost that says “about” is that of a run that differs in seeds alone, or what the figure says. \
      One that says “estimated” is scaled from the nearest run of the same kind, or from the same \
      figure at the standard budget, by iterations, images and multiplications. Why a run is to be \
      done is said by what distinguishes it from the nearest one that is stored.
      """)

  @OptionGroup var selection: FigureSelection
  @Option(help: ArgumentHelp("How many cores there are to use.", valueName: "count"))
  var threads = MachineLimits.current.cores
  @Flag(help: "List stored runs too.") var all = false

  func run() throws {
    guard threads > 0 else { throw FigureError.usage("--threads \(threads) is not above 0") }
    let runs = selection.place.runs
    let history = try RunHistory(of: runs)
    let timings = try Self.timings()
    var needed: [RunKey: RunListing] = [:]
    for figure in try FigureExecutable.named(selection.figures) {
      let listings = try figure.runs(selection.arguments)
      for listing in listings { needed[listing.key] = listing }
      let missing = listings.filter { !$0.isStored }
      let kinds = Set(listings.map(\.key.name))
      let costs = missing.map { history.cost(of: $0, besides: kinds) }
      let earlier = timings.first { $0.figure == figure.name && $0.extent == selection.extent }
      let scaled =
        try costs.contains(nil) && earlier == nil
        ? estimate(of: listings, figure, timings) : nil
      try StandardOutput.writeLine(
        "\(figure.name) (\(selection.extent)): \(Spoken.count(listings.count, "run")), "
          + "\(listings.count - missing.count) stored"
          + cost(of: costs, earlier, scaled))
      var table = TextTable()
      for listing in listings where all || !listing.isStored {
        table.append(
          "  \(listing.key)", listing.isStored ? "stored" : "to do",
          estimate(of: listing, history, besides: kinds),
          history.reason(for: listing, within: Self.columns - 33 - "\(listing.key)".count))
      }
      try StandardOutput.write(table.text)
    }
    let missing = needed.values.filter { !$0.isStored }.count
    try StandardOutput.writeLine(
      missing == 0
        ? "nothing to run: all \(Spoken.count(needed.count, "run")) are stored in \(runs.folder.path)"
        : "in all \(missing) of \(Spoken.count(needed.count, "run")) to do; figures share them")
  }

  /// What figures took where their results were made; nothing where the package's data are not.
  private static func timings() throws -> [FigureTiming] {
    // Without the package's folder there is nothing to estimate from, and nothing is wrong.
    guard let data = try? DataFolder.located() else { return [] }
    return try FigureTiming.read(ResultsFolder(in: data).timings)
  }

  /// The width of a line, of which a run's key and cost take their part.
  private static let columns = 100

  private func estimate(
    of listing: RunListing, _ history: RunHistory, besides kinds: Set<String>
  ) -> String {
    guard !listing.isStored else { return "" }
    var words: [String] = []
    if let cost = history.cost(of: listing, besides: kinds) { words.append("\(cost)") }
    if let bytes = history.bytes(of: listing) { words.append(Spoken.bytes(bytes)) }
    return words.isEmpty ? "cost unknown" : words.joined(separator: ", ")
  }

  /// What all runs of a figure are likely to take, from what it took at the standard budget.
  private func estimate(
    of listings: [RunListing], _ figure: FigureExecutable, _ timings: [FigureTiming]
  ) throws -> CostEstimate? {
    let standard = Budget.standard.rawValue
    guard let timing = timings.first(where: { $0.figure == figure.name && $0.extent == standard })
    else { return nil }
    var arguments = ["--budget", standard, "--output", selection.place.output.path]
    if let root = selection.dataRoot { arguments += ["--data-root", root] }
    func descriptions(_ listings: [RunListing]) -> [FlatJSON] {
      listings.map { FlatJSON(Data($0.description.utf8)) }
    }
    return CostEstimate.scaling(
      timing.coreSeconds, of: descriptions(try figure.runs(arguments)), to: descriptions(listings))
  }

  private func cost(
    of missing: [CostEstimate?], _ earlier: FigureTiming?, _ scaled: CostEstimate?
  ) -> String {
    guard !missing.isEmpty else { return "" }
    let known = missing.compactMap(\.self)
    let cores = "on " + Spoken.count(threads, "core")
    func divided(_ estimate: CostEstimate) -> CostEstimate {
      CostEstimate(seconds: estimate.seconds / Double(threads), isScaled: estimate.isScaled)
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
