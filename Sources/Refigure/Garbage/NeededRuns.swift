import Experiments
import Foundation
import Reproduction

/// The runs that figures need, as they say themselves when asked with every option that has a name:
/// each budget and preset, on the stand-ins and on each published data set.
struct NeededRuns {
  /// What is run, by key.
  private(set) var descriptions: [RunKey: String] = [:]
  /// The kinds of experiment of which nothing may be said, since data of their figure are not here.
  private(set) var undecided: Set<String> = []
  /// A figure that has listed nothing at all, since its data are not here: any run may be its own.
  private(set) var isAnyUndecided = false
  /// Which data are not here, one sentence for a figure.
  private(set) var absences: [String] = []

  /// Asks figures.
  ///
  /// - Throws: ``FigureError`` if one of them does not answer, which is not the same as needing
  ///   nothing.
  init(of figures: [FigureExecutable], arguments: [String], dataRoot: String?) throws {
    let progress = ProgressReporter.standardError().stage("asking figures", total: figures.count)
    for (index, figure) in figures.enumerated() {
      try ask(figure, arguments, dataRoot)
      progress.advance(to: index + 1)
    }
    progress.finish()
  }

  private mutating func ask(
    _ figure: FigureExecutable, _ arguments: [String], _ dataRoot: String?
  ) throws {
    var kinds: Set<String> = []
    var absence: String?
    for options in Self.options(of: figure.description, dataRoot) {
      do {
        for listing in try figure.runs(options + arguments) {
          descriptions[listing.key] = listing.description
          kinds.insert(listing.key.name)
        }
      } catch FigureError.dataAbsent(let reason) {
        absence = absence ?? reason
      } catch let error as FigureError {
        throw FigureError.failed("\(error); nothing is deleted")
      }
    }
    guard let absence else { return }
    absences.append(absence)
    undecided.formUnion(kinds)
    if kinds.isEmpty { isAnyUndecided = true }
  }

  /// All options of a figure that have names.
  private static func options(
    of figure: FigureDescription, _ dataRoot: String?
  ) -> [[String]] {
    figure.budgets.flatMap { budget in
      ([nil] + figure.presets).flatMap { preset in
        ([nil] + figure.dataSets.filter { $0 != "stand-ins" }).map { data in
          var options = ["--budget", budget]
          if let preset { options += ["--preset", preset] }
          if let data { options += ["--data", data] }
          if let dataRoot, data != nil { options += ["--data-root", dataRoot] }
          return options
        }
      }
    }
  }

  /// Whether a run might be one of those that a figure without its data would name.
  func isUndecided(_ key: RunKey) -> Bool { isAnyUndecided || undecided.contains(key.name) }

  /// Whether a run differs from one that is needed by seeds or data alone, as with other options.
  func isVariant(_ key: RunKey, describedBy description: Data) -> Bool {
    let own = Self.withoutSeedsAndData(description)
    return descriptions.contains { needed, text in
      needed.name == key.name && Self.withoutSeedsAndData(Data(text.utf8)) == own
    }
  }

  private static func withoutSeedsAndData(_ description: Data) -> FlatJSON {
    FlatJSON(description).without { $0.hasSuffix("seed") || $0.hasSuffix("digest") }
  }
}
