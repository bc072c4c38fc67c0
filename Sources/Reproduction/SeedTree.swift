import Foundation

/// Results as a tree of JSON, in which what each seed gave stands in lists beside the seeds: the
/// coded form of ``PerSeed``.
///
/// So the results of any figure can be joined seed by seed, whatever they are made of.
indirect enum SeedTree: Equatable {
  case null
  case bool(Bool)
  case whole(Int)
  case large(UInt64)
  case number(Double)
  case text(String)
  case list([SeedTree])
  case object([String: SeedTree])

  /// What two computations of the same with other seeds say together, by seed.
  ///
  /// A seed's value depends on no other seed; of a seed that both have, the second's is taken.
  ///
  /// - Throws: ``FigureError`` with the place where they differ in anything but seeds.
  func joined(with other: SeedTree, at place: String = "results") throws -> SeedTree {
    switch (self, other) {
    case (.object(let own), .object(let theirs)):
      if let own = Self.bySeed(own), let theirs = Self.bySeed(theirs) {
        let all = own.merging(theirs) { $1 }.sorted { $0.key < $1.key }
        return .object([
          "seeds": .list(all.map { Int(exactly: $0.key).map(SeedTree.whole) ?? .large($0.key) }),
          "values": .list(all.map(\.value)),
        ])
      }
      guard own.keys == theirs.keys else { throw Self.difference(place) }
      return .object(
        Dictionary(
          uniqueKeysWithValues: try own.map { key, value in
            (
              key,
              try theirs[key].map { try value.joined(with: $0, at: place + "." + key) } ?? value
            )
          }))
    case (.list(let own), .list(let theirs)) where own.count == theirs.count:
      return .list(
        try zip(own, theirs).enumerated().map { index, pair in
          try pair.0.joined(with: pair.1, at: "\(place)[\(index)]")
        })
    default:
      guard self == other else { throw Self.difference(place) }
      return self
    }
  }

  private static func bySeed(_ object: [String: SeedTree]) -> [UInt64: SeedTree]? {
    guard object.count == 2, case .list(let seeds) = object["seeds"],
      case .list(let values) = object["values"], seeds.count == values.count
    else { return nil }
    let numbers: [UInt64] = seeds.compactMap { seed in
      switch seed {
      case .whole(let number): UInt64(exactly: number)
      case .large(let number): number
      default: nil
      }
    }
    guard numbers.count == seeds.count, Set(numbers).count == numbers.count else { return nil }
    return Dictionary(uniqueKeysWithValues: zip(numbers, values))
  }

  private static func difference(_ place: String) -> FigureError {
    .failed("they differ at \(place), which is not by seed")
  }
}

extension SeedTree: Codable {
  /// Reads any JSON; a whole number stays one.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .whole(value)
    } else if let value = try? container.decode(UInt64.self) {
      self = .large(value)
    } else if let value = try? container.decode(String.self) {
      // Before numbers, since what is not finite is written as text.
      self = .text(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([SeedTree].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: SeedTree].self))
    }
  }

  /// Writes it as it was read.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .whole(let value): try container.encode(value)
    case .large(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
