import Foundation

extension SafeTensors {
  /// The bytes of the file.
  public func encoded() -> Data {
    var header = Header(metadata: metadata, entries: [:])
    var numbers: [UInt8] = []
    numbers.reserveCapacity(4 * entries.values.reduce(0) { $0 + $1.scalars.count })
    for (name, entry) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
    {
      let start = numbers.count
      for scalar in entry.scalars {
        let bits = scalar.bitPattern
        numbers.append(UInt8(truncatingIfNeeded: bits))
        numbers.append(UInt8(truncatingIfNeeded: bits >> 8))
        numbers.append(UInt8(truncatingIfNeeded: bits >> 16))
        numbers.append(UInt8(truncatingIfNeeded: bits >> 24))
      }
      header.entries[name] = Header.Entry(
        dtype: "F32", shape: entry.shape, data_offsets: [start, numbers.count])
    }
    var text = header.encoded()
    // Readers that map the file want the numbers on a boundary of eight bytes.
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return Data(length) + text + Data(numbers)
  }

  /// The content of a file, of which every length and place is checked.
  public init(decoding data: Data) throws(SafeTensorsError) {
    let bytes = [UInt8](data)
    guard bytes.count >= 8 else {
      throw .truncated(expected: 8, found: bytes.count)
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.longestHeader else {
      throw .header("it claims to have \(length) bytes; this is probably another kind of file")
    }
    let start = 8 + Int(length)
    guard start <= bytes.count else { throw .truncated(expected: start, found: bytes.count) }
    let header = try Header(decoding: Data(bytes[8..<start]))
    var entries: [String: Entry] = [:]
    var end = 0
    for (name, entry) in header.entries.sorted(by: Header.isPlacedBefore) {
      let count = try entry.checkedCount(name: name, after: end)
      let (announced, isTooLarge) = (start + end).addingReportingOverflow(4 * count)
      guard !isTooLarge, announced <= bytes.count else {
        throw .truncated(expected: isTooLarge ? .max : announced, found: bytes.count)
      }
      end += 4 * count
      let first = start + end - 4 * count
      let scalars = (0..<count).map { index in
        let place = first + 4 * index
        return Float(
          bitPattern: UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8
            | UInt32(bytes[place + 2]) << 16 | UInt32(bytes[place + 3]) << 24)
      }
      entries[name] = Entry(shape: entry.shape, scalars: scalars)
    }
    guard start + end == bytes.count else { throw .trailing(count: bytes.count - start - end) }
    self.init(entries, metadata: header.metadata)
  }

  /// The longest header that the format's own library accepts.
  private static let longestHeader = 100_000_000
}

/// The JSON at the beginning of a file.
private struct Header: Codable {
  struct Entry: Codable {
    let dtype: String
    let shape: [Int]
    let data_offsets: [Int]
  }

  var metadata: [String: String]
  var entries: [String: Entry]

  init(metadata: [String: String], entries: [String: Entry]) {
    self.metadata = metadata
    self.entries = entries
  }

  init(decoding bytes: Data) throws(SafeTensorsError) {
    do {
      self = try JSONDecoder().decode(Header.self, from: bytes)
    } catch DecodingError.typeMismatch(_, let context),
      DecodingError.valueNotFound(_, let context), DecodingError.keyNotFound(_, let context)
    {
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw .header("\(path): \(context.debugDescription)")
    } catch {
      throw .header("it is no JSON")
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    metadata = [:]
    entries = [:]
    for name in container.allKeys {
      if name.stringValue == SafeTensors.metadataKey {
        metadata = try container.decode([String: String].self, forKey: name)
      } else {
        entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    if !metadata.isEmpty {
      try container.encode(metadata, forKey: Name(stringValue: SafeTensors.metadataKey))
    }
    for (name, entry) in entries { try container.encode(entry, forKey: Name(stringValue: name)) }
  }

  func encoded() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(self)
    } catch {
      fatalError("text and integers can always be written as JSON: \(error)")
    }
  }

  /// Entries as they lie in the file; empty ones take no place, so their names decide.
  static func isPlacedBefore(
    _ left: (key: String, value: Entry), _ right: (key: String, value: Entry)
  ) -> Bool {
    if left.value.data_offsets.lexicographicallyPrecedes(right.value.data_offsets) { return true }
    return left.value.data_offsets == right.value.data_offsets && left.key < right.key
  }
}

extension Header.Entry {
  /// The number of scalars, if type, shape and place agree and the place begins where it must.
  func checkedCount(name: String, after end: Int) throws(SafeTensorsError) -> Int {
    guard dtype == "F32" else { throw .type(name: name, type: dtype) }
    guard data_offsets.count == 2 else {
      throw .layout(name: name, problem: "has no two offsets")
    }
    guard data_offsets[0] == end else {
      throw .layout(name: name, problem: "begins at \(data_offsets[0]) instead of \(end)")
    }
    var count = 4
    for extent in shape {
      let product = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !product.overflow else {
        throw .layout(name: name, problem: "has the impossible shape \(shape)")
      }
      count = product.partialValue
    }
    let size = data_offsets[1].subtractingReportingOverflow(data_offsets[0])
    guard !size.overflow, size.partialValue == count else {
      throw .layout(
        name: name, problem: "needs \(count) bytes for the shape \(shape), not \(data_offsets)")
    }
    return count / 4
  }
}

private struct Name: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
