import Experiments
import Statistics

/// What was found, by place and seed: the results of nearly every figure.
///
/// Encoded as an array in the places' order. A place whose data are not here stays in the grid with
/// the reason; one of which no seed is asked for has no values, and counts as not there.
public struct Grid<Place: Codable & Hashable & Sendable, Value: Codable & Sendable>: Sendable {
  /// One place.
  public struct Cell: Codable, Sendable {
    /// Where.
    public var place: Place
    /// What was found there, unless something is missing.
    public var values: PerSeed<Value>?
    /// What is missing.
    public var missing: String?

    /// What was found at a place, or what is missing there.
    public init(place: Place, values: PerSeed<Value>?, missing: String? = nil) {
      (self.place, self.values, self.missing) = (place, values, missing)
    }
  }

  /// All places, in the order in which they were asked for.
  public private(set) var cells: [Cell]

  /// A grid of cells; places are distinct.
  public init(_ cells: [Cell]) { self.cells = cells }

  /// What was found at a place.
  public subscript(place: Place) -> PerSeed<Value>? {
    found.first { $0.place == place }?.values
  }

  /// The places where something was found, in order.
  public var places: [Place] { found.map(\.place) }

  /// What was found, place by place.
  public var found: [(place: Place, values: PerSeed<Value>)] {
    cells.compactMap { cell in
      cell.values.flatMap { $0.count > 0 ? (cell.place, $0) : nil }
    }
  }

  /// A quantity at a place minus that at another, by the seeds that both have; nil if there are none.
  public func gain(
    of place: Place, over other: Place, in quantity: (Value) -> Double
  ) -> PerSeed<Double>? {
    guard let own = self[place], let theirs = self[other] else { return nil }
    let shared = own.seeds.filter(Set(theirs.seeds).contains)
    guard !shared.isEmpty else { return nil }
    return own.ofSeeds(shared).map(quantity) - theirs.ofSeeds(shared).map(quantity)
  }

  /// A quantity by the names of places; those without a name are left out.
  public func named<Number>(
    _ name: (Place) -> String?, _ quantity: (Value) -> Number
  ) -> [String: PerSeed<Number>] {
    Dictionary(
      uniqueKeysWithValues: found.compactMap { place, values in
        name(place).map { ($0, values.map(quantity)) }
      })
  }

  /// The same places with what a function makes of their values.
  public func map<Other: Codable & Sendable>(
    _ transform: (Value) throws -> Other
  ) rethrows -> Grid<Place, Other> {
    Grid<Place, Other>(
      try cells.map {
        Grid<Place, Other>.Cell(
          place: $0.place, values: try $0.values?.map(transform), missing: $0.missing)
      })
  }
}

extension Grid: Codable {
  /// Reads the cells.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([Cell].self))
  }

  /// Writes the cells, one after the other.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(cells)
  }
}

/// What can be had, or why not.
public enum Availability<Value> {
  /// Here it is.
  case available(Value)
  /// What is missing, and where to get it.
  case missing(String)
}

extension Availability: Sendable where Value: Sendable {}

/// The same question at several places with several seeds, which may differ from place to place.
///
/// - Throws: What is wrong with a question; a place whose data are not here is no error.
public func grid<Place, Value>(
  _ places: [Place], seeds: (Place) -> [UInt64],
  _ study: (Place, _ seed: UInt64) throws -> Availability<Study<Value>>
) throws -> Study<Grid<Place, Value>> {
  var cells: [Study<Grid<Place, Value>.Cell>] = []
  for place in places {
    let seeds = seeds(place)
    var (parts, missing): ([Study<Value>], String?) = ([], nil)
    for seed in seeds where missing == nil {
      switch try study(place, seed) {
      case .available(let part): parts.append(part)
      case .missing(let reason): missing = reason
      }
    }
    if let missing {
      cells.append(Study(Grid.Cell(place: place, values: nil, missing: missing)))
    } else {
      cells.append(
        Study<[Value]>.all(parts).map {
          Grid.Cell(place: place, values: PerSeed(seeds: seeds, values: $0), missing: nil)
        })
    }
  }
  return Study<[Grid<Place, Value>.Cell]>.all(cells).map { Grid($0) }
}

/// The same question at several places with the same seeds.
///
/// - Throws: What is wrong with a question; a place whose data are not here is no error.
public func grid<Place, Value>(
  _ places: [Place], seeds: [UInt64],
  _ study: (Place, _ seed: UInt64) throws -> Availability<Study<Value>>
) throws -> Study<Grid<Place, Value>> {
  try grid(places, seeds: { _ in seeds }, study)
}

/// The same question at several places with several seeds, where nothing can be missing.
public func grid<Place, Value>(
  _ places: [Place], seeds: [UInt64], _ study: (Place, _ seed: UInt64) throws -> Study<Value>
) throws -> Study<Grid<Place, Value>> {
  try grid(places, seeds: seeds) { .available(try study($0, $1)) }
}

/// The same question with several seeds.
public func perSeed<Value>(
  _ seeds: [UInt64], _ study: (_ seed: UInt64) throws -> Study<Value>
) rethrows -> Study<PerSeed<Value>> {
  Study<[Value]>.all(try seeds.map(study)).map { PerSeed(seeds: seeds, values: $0) }
}
