import Claims
import Experiments
import Foundation

/// What the user asked of a figure: everything on the command line that may change a number.
public struct FigureOptions: Equatable, Sendable {
  /// How much computation to spend.
  public var budget: Budget
  /// The seeds, which are the replications of every experiment.
  public var seeds: [UInt64]
  /// The row of the paper's table of settings to use; by default the figure's own for the budget.
  public var preset: String?
  /// The images to use, where the figure uses images.
  public var data: DataChoice
  /// Where published images lie.
  public var dataRoot: URL?

  /// The options of a command line without flags, but for those given.
  public init(
    budget: Budget = .standard, seeds: [UInt64] = [0, 1, 2, 3, 4], preset: String? = nil,
    data: DataChoice = .standIns, dataRoot: URL? = nil
  ) {
    self.budget = budget
    self.seeds = seeds
    self.preset = preset
    self.data = data
    self.dataRoot = dataRoot
  }
}

extension Provenance {
  /// The options that the settings say, if they say any; where data lie is not known.
  package var options: FigureOptions? {
    guard let budget = settings["budget"].flatMap(Budget.init), let list = settings["seeds"]
    else { return nil }
    let seeds = list.split(separator: " ").compactMap { UInt64($0) }
    guard !seeds.isEmpty else { return nil }
    return FigureOptions(
      budget: budget, seeds: seeds, preset: settings["preset"],
      data: settings["data"].map(DataChoice.init) ?? .standIns)
  }
}

extension FigureOptions {
  /// What claims may depend on.
  var claimScope: ClaimScope {
    ClaimScope(budget: budget, preset: preset, data: data == .standIns ? nil : data.name)
  }

  /// The command line's flags that give these options; seeds are numbered without gaps.
  package var arguments: [String] {
    var arguments = ["--budget", budget.rawValue, "--seeds", String(seeds.count)]
    if let first = seeds.first, first != 0 { arguments += ["--seed", String(first)] }
    if let preset { arguments += ["--preset", preset] }
    if data != .standIns { arguments += ["--data", data.name] }
    if let dataRoot { arguments += ["--data-root", dataRoot.path] }
    return arguments
  }

  /// The options as text, for provenance; where the data lie is left out, since it changes nothing.
  var settings: [String: String] {
    var settings = [
      "budget": budget.rawValue, "seeds": seeds.map(String.init).joined(separator: " "),
    ]
    settings["preset"] = preset
    settings["data"] = data == .standIns ? nil : data.name
    return settings
  }
}
