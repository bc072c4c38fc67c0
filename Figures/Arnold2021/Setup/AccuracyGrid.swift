import CommonSetup
import Plotting
import Reproduction
import Statistics

/// The accuracies of networks on unseen classes: by data set, method and depth, seed by seed.
public struct AccuracyGrid: Codable, Sendable {
  /// A place in the grid.
  public struct Variant: Codable, Hashable, Sendable {
    /// The data set.
    public var set: ImageSet
    /// What helps the network.
    public var method: Method
    /// The number of convolutional layers.
    public var depth: Int

    /// A place.
    public init(set: ImageSet, method: Method, depth: Int) {
      self.set = set
      self.method = method
      self.depth = depth
    }
  }

  /// What was found there.
  public struct Cell: Codable, Sendable {
    /// The place.
    public var variant: Variant
    /// The mean accuracy over episodes of every seed, from 0 to 1.
    public var accuracy: PerSeed<Double>
    /// The mean loss of the first epoch while training; results kept earlier do not have it.
    public var firstLoss: PerSeed<Double>?

    /// What was found at a place.
    public init(
      variant: Variant, accuracy: PerSeed<Double>, firstLoss: PerSeed<Double>? = nil
    ) {
      self.variant = variant
      self.accuracy = accuracy
      self.firstLoss = firstLoss
    }
  }

  /// All that was measured.
  public var cells: [Cell]
  /// What the paper says, in per cent, by the rest of the value's name.
  public var paper: [String: Double]
  /// What was used for the data sets.
  public var data: [String]

  /// A grid of cells, with the paper's values for some of them.
  public init(cells: [Cell], paper: [String: Double], data: [String]) {
    self.cells = cells
    self.paper = paper
    self.data = data
  }

  /// The accuracies at a place, if they were measured.
  public subscript(_ set: ImageSet, _ method: Method, _ depth: Int) -> PerSeed<Double>? {
    cells.first { $0.variant == Variant(set: set, method: method, depth: depth) }?.accuracy
  }

  /// The data sets in order.
  public var sets: [ImageSet] {
    ImageSet.allCases.filter { set in cells.contains { $0.variant.set == set } }
  }

  /// The depths, ascending.
  public var depths: [Int] { Set(cells.map(\.variant.depth)).sorted() }

  /// The difference between two methods, seed by seed.
  public func gain(
    of method: Method, over other: Method = .null, on set: ImageSet, depth: Int
  ) -> PerSeed<Double>? {
    guard let own = self[set, method, depth], let theirs = self[set, other, depth] else {
      return nil
    }
    return own - theirs
  }

  /// The gain of a method over none at every depth, as one curve per seed.
  public func gains(of method: Method, on set: ImageSet) -> PerSeed<[Double]>? {
    let all = depths.compactMap { gain(of: method, on: set, depth: $0) }
    guard let first = all.first, all.count == depths.count else { return nil }
    return PerSeed(
      seeds: first.seeds,
      values: first.seeds.map { seed in all.compactMap { $0.value(ofSeed: seed) } })
  }

  /// A cell of a table, in per cent, with the paper's value beside it.
  public func cell(_ variant: Variant, paper name: String) -> Table.Cell {
    guard let accuracy = self[variant.set, variant.method, variant.depth] else {
      return paper[name].map { .paper($0) } ?? .missing
    }
    return accuracy.cell(times: 100, paper: paper[name])
  }
}
