import Experiments
import Foundation
import Reproduction
import Synchronization

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
    let asked = Atomic(0)
    let answers = try InOrder.map(figures) { figure in
      try Answer(of: figure, arguments, dataRoot)
    } receive: { _ in
      progress.advance(to: asked.add(1, ordering: .relaxed).newValue)
    }
    progress.finish()
    for answer in answers {
      for listing in answer.listings { descriptions[listing.key] = listing.description }
      guard let absence = answer.absence else { continue }
      absences.append(absence)
      undecided.formUnion(answer.listings.map(\.key.name))
      if answer.listings.isEmpty { isAnyUndecided = true }
    }
  }

  /// What one figure says.
  private struct Answer: Sendable {
    var listings: [RunListing] = []
    /// Which of its data are not here.
    var absence: String?

    init(of figure: FigureExecutable, _ arguments: [String], _ dataRoot: String?) throws {
      for options in NeededRuns.options(of: figure.description, dataRoot) {
        do {
          listings += try figure.runs(options + arguments)
        } catch FigureError.dataAbsent(let reason) {
          absence = absence ?? reason
        } catch let error as FigureError {
          throw FigureError.failed("\(error); nothing is deleted")
        }
      }
    }
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
