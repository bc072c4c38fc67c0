import Experiments

/// What a verdict rests on.
public enum Ground: String, Codable, CaseIterable, Sendable {
  /// The images that the paper used.
  case published = "published data"
  /// Drawn images in their place.
  case standIns = "stand-ins"
  /// What needs no images: theorems, sine waves, points in the plane.
  case theory
}

/// The runs that a claim is judged on.
public struct Basis: Codable, Equatable, Sendable {
  /// How much was computed.
  public var budget: Budget

  /// What kind of data it was computed on.
  public var ground: Ground

  /// The data's names as the figure has them; nothing where there are none.
  public var data: String

  /// How many seeds ran.
  public var seeds: Int

  /// How many seeds the figure fixes for the budget, before the first of them runs.
  public var plannedSeeds: Int

  /// Runs of a budget on some data.
  public init(
    budget: Budget, ground: Ground, data: String = "", seeds: Int, plannedSeeds: Int? = nil
  ) {
    self.budget = budget
    self.ground = ground
    self.data = data
    self.seeds = seeds
    self.plannedSeeds = plannedSeeds ?? seeds
  }

  /// Whether the runs are the paper's own, so that effects can be compared in size.
  public var isPapersProtocol: Bool { budget == .paper && ground != .standIns }

  /// How well runs of this kind answer a claim: published images at overnight or more, else what
  /// needs no images, the more the better, else stand-ins at standard; other runs only accompany.
  var rank: Int? {
    switch (ground, budget) {
    case (.published, .paper): 6
    case (.published, .overnight): 5
    case (.theory, .paper): 4
    case (.theory, .overnight): 3
    case (.theory, .standard): 2
    case (.standIns, .standard): 1
    default: nil
    }
  }

  /// `standard, glyphs for Omniglot`.
  public var description: String {
    [budget.rawValue, data].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
