extension PNG {
  /// A text chunk: a keyword of 1–79 Latin letters and a text in UTF-8.
  package struct Text: Hashable, Sendable {
    package var keyword: String
    package var text: String

    package init(_ keyword: String, _ text: String) {
      precondition(
        (1...79).contains(keyword.utf8.count) && keyword.allSatisfy(\.isASCII),
        "a PNG keyword has 1 to 79 ASCII characters: \(keyword)")
      self.keyword = keyword
      self.text = text
    }

    /// A text of a file that others may have written, whose keyword may have any Latin letters.
    fileprivate init(foreign keyword: String, _ text: String) {
      (self.keyword, self.text) = (keyword, text)
    }

    var chunk: PNGChunk {
      // Keyword, then: not compressed, no language tag, no translated keyword.
      let data = Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.utf8)
      return PNGChunk(name: "iTXt", data: data[...])
    }
  }

  /// The bytes of a PNG file with its resolution and texts, in the given order, and no time stamp.
  ///
  /// - Parameters:
  ///   - image: What to encode.
  ///   - dotsPerInch: The resolution that the pHYs chunk states, in pixels per metre.
  ///   - texts: Ordered iTXt chunks, before the first row so that readers need not seek.
  /// - Returns: The whole file; equal arguments give equal bytes.
  package static func encoding(
    _ image: Image, dotsPerInch: Double, texts: [Text] = []
  ) -> [UInt8] {
    let density = bigEndian(UInt32((dotsPerInch / 0.0254).rounded()))
    let metadata =
      [PNGChunk(name: "pHYs", data: (density + density + [1])[...])] + texts.map(\.chunk)
    return signature
      + PNGChunk.all(in: encoding(image)).flatMap { chunk in
        chunk.name == "IHDR"
          ? chunk.encoded + metadata.flatMap(\.encoded) : chunk.encoded
      }
  }

  /// Writes a picture; the file appears whole or not at all.
  package static func write(
    _ image: Image, to path: String, dotsPerInch: Double, texts: [Text] = []
  ) throws(ImageError) {
    try ImageError.writing(encoding(image, dotsPerInch: dotsPerInch, texts: texts), to: path)
  }

  /// The uncompressed texts of a PNG file, in the file's order.
  package static func texts(in bytes: [UInt8]) -> [Text] {
    PNGChunk.all(in: bytes).compactMap { chunk in
      // A keyword of another length is none, and the chunk no text.
      guard let end = chunk.data.firstIndex(of: 0),
        (1...79).contains(end - chunk.data.startIndex)
      else { return nil }
      let keyword = latin(chunk.data[..<end])
      let rest = chunk.data[(end + 1)...]
      switch chunk.name {
      case "tEXt":
        return Text(foreign: keyword, latin(rest))
      case "iTXt" where rest.first == 0:
        let fields = rest.dropFirst(2).split(
          separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { return nil }
        return Text(foreign: keyword, String(decoding: fields[2], as: UTF8.self))
      default:
        return nil
      }
    }
  }

  /// A PNG file of ``encoding(_:dotsPerInch:texts:)`` with other texts.
  package static func replacingTexts(in bytes: [UInt8], with texts: [Text]) -> [UInt8] {
    let rest = PNGChunk.all(in: bytes).filter { !["tEXt", "iTXt", "zTXt"].contains($0.name) }
    precondition(rest.first?.name == "IHDR", "texts go into a PNG file alone")
    // Where that function puts them: after the resolution, or without one after the header.
    let place = (rest.firstIndex { $0.name == "pHYs" } ?? 0) + 1
    return signature
      + (rest[..<place] + texts.map(\.chunk) + rest[place...]).flatMap(\.encoded)
  }

  private static func latin(_ bytes: ArraySlice<UInt8>) -> String {
    String(bytes.map { Character(UnicodeScalar($0)) })
  }

  /// The uncompressed texts of a PNG file on disk.
  package static func texts(inFile path: String) throws(ImageError) -> [Text] {
    let bytes = try Image.bytes(of: path)
    guard bytes.starts(with: signature) else { throw .notAnImage(path) }
    guard PNGChunk.isComplete(bytes) else { throw .truncated(path) }
    return texts(in: bytes)
  }
}
