import Foundation

/// The one JSON text of a value: equal values have equal bytes.
///
/// Keys are sorted, absent optionals are left out, numbers have the shortest digits that read back
/// to the same bits, what is not finite is a string (`"nan"`, `"inf"`, `"-inf"`), and text is in
/// Unicode's composed form, so that the two spellings of an é are one. A `Set`, or a dictionary
/// whose keys are neither strings nor integers, has no canonical order: store a sorted array.
public enum CanonicalJSON {
  /// The bytes of a value, without white space.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoded(value, by: encoder)
  }

  /// The bytes of a value on several lines, with a final newline, for files that people read.
  public static func encodeForReading(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoded(value, by: encoder) + Data("\n".utf8)
  }

  /// The value of some bytes.
  public static func decode<Value: Decodable>(_ type: Value.Type, from bytes: Data) throws -> Value
  {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(type, from: bytes)
  }

  private static func encoded(_ value: some Encodable, by encoder: JSONEncoder) throws -> Data {
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let bytes = try encoder.encode(value)
    // ASCII is composed already.
    guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
    let text = String(decoding: bytes, as: UTF8.self)
    return Data(text.precomposedStringWithCanonicalMapping.utf8)
  }
}
