/// Zip archives without compression, for tests.
enum StoredZip {
  static func archive(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      let start = archive.count
      // Version 1.0, no flags, no compression, the first of January 1980.
      let common =
        little(10, 2) + little(0, 2) + little(0, 2) + little(0, 2) + little(33, 2)
        + little(checksum(file.bytes), 4) + little(file.bytes.count, 4)
        + little(file.bytes.count, 4) + little(file.name.utf8.count, 2) + little(0, 2)
      archive += little(0x0403_4b50, 4) + common + Array(file.name.utf8) + file.bytes
      directory += little(0x0201_4b50, 4) + little(10, 2) + common
      directory += [UInt8](repeating: 0, count: 10) + little(start, 4) + Array(file.name.utf8)
    }
    let end =
      little(0x0605_4b50, 4) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
      + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
    return archive + directory + end
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    let crc = bytes.reduce(0xFFFF_FFFF as UInt32) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1
      }
    }
    return Int(~crc)
  }
}
