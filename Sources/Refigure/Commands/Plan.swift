import ArgumentParser
import Experiments
import Foundation
import Reproduction

/// Says what making figures would compute.
struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the runs that figures need: stored or not, the cost, and why each would run.")

  @OptionGroup var selection: FigureSelection
  @Option(help: ArgumentHelp("How many cores there are to use.", valueName: "count"))
  var threads = ProcessInfo.processInfo.activeProcessorCount
  @Flag(help: "List stored runs too.") var all = false

  func run() throws {
    guard threads > 0 else { throw FigureError.usage("--threads \(threads) is not above 0") }
    let runs = selection.place.runs
    let history = RunHistory(of: runs)
    let timings =
      (try? DataFolder.located()).map { ResultsFolder(in: $0).timings }
      .flatMap { try? FigureTiming.read($0) } ?? []
    var needed: [RunKey: RunListing] = [:]
    for figure in try FigureExecutable.named(selection.figures) {
      let listings = try figure.runs(selection.arguments)
      for listing in listings { needed[listing.key] = listing }
      let missing = listings.filter { !$0.isStored }
      let earlier = timings.first { $0.figure == figure.name && $0.extent == selection.extent }
      print(
        "\(figure.name) (\(selection.extent)): \(Spoken.count(listings.count, "run")), "
          + "\(listings.count - missing.count) stored"
          + cost(of: missing, history, earlier))
      var table = TextTable()
      for listing in listings where all || !listing.isStored {
        table.append(
          "  \(listing.key)", listing.isStored ? "stored" : "to do",
          estimate(of: listing, history), history.reason(for: listing))
      }
      print(table.text, terminator: "")
    }
    let missing = needed.values.filter { !$0.isStored }.count
    print(
      missing == 0
        ? "nothing to run: all \(Spoken.count(needed.count, "run")) are stored in \(runs.folder.path)"
        : "in all \(missing) of \(Spoken.count(needed.count, "run")) to do; figures share them")
  }

  private func estimate(of listing: RunListing, _ history: RunHistory) -> String {
    guard !listing.isStored else { return "" }
    var words: [String] = []
    if let seconds = history.coreSeconds(of: listing) {
      words.append(Spoken.about(seconds))
    }
    if let bytes = history.bytes(of: listing) { words.append(Spoken.bytes(bytes)) }
    return words.isEmpty ? "cost unknown" : words.joined(separator: ", ")
  }

  private func cost(
    of missing: [RunListing], _ history: RunHistory, _ earlier: FigureTiming?
  ) -> String {
    guard !missing.isEmpty else { return "" }
    let seconds = missing.compactMap { history.coreSeconds(of: $0) }
    let cores = threads == 1 ? "1 core" : "\(threads) cores"
    var words = ", \(missing.count) to do"
    if seconds.count == missing.count {
      words += ", \(Spoken.about(seconds.reduce(0, +) / Double(threads))) on \(cores)"
    } else if let earlier {
      words +=
        ", \(Spoken.about(earlier.seconds(onCores: threads))) on \(cores) in all, "
        + "\(Spoken.bytes(earlier.peakBytes)) of memory (measured on \(earlier.processor))"
    }
    return words
  }
}
