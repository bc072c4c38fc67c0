/// One chunk of a PNG file: a four-letter name and data, protected by a CRC-32.
struct PNGChunk {
  var name: String
  var data: ArraySlice<UInt8>

  /// The chunk as it stands in a file: length, name, data, checksum.
  var encoded: [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(Self.checksum(body))
  }

  /// The chunks of a file up to and including IEND; those beyond damaged lengths are left out.
  static func all(in bytes: [UInt8]) -> [PNGChunk] {
    var chunks: [PNGChunk] = []
    var start = PNG.signature.count
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard start + 12 + length <= bytes.count else { break }
      chunks.append(
        PNGChunk(
          name: String(decoding: bytes[start + 4..<start + 8], as: UTF8.self),
          data: bytes[start + 8..<start + 8 + length]))
      if chunks.last?.name == "IEND" { break }
      start += 12 + length
    }
    return chunks
  }

  /// Whether the last chunk is there, that is, whether nothing was cut off.
  static func isComplete(_ bytes: [UInt8]) -> Bool {
    all(in: bytes).last?.name == "IEND"
  }

  /// CRC-32 of ISO 3309 with the reflected polynomial 0xEDB88320, as the PNG specification asks.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { crc, byte in
      table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8)
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
  }
}

func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}
