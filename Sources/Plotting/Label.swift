/// Text with a little mathematics, as it is set on the page.
///
/// Subscripts and superscripts are written `θ_i^{s}`, accents `\tilde{θ}`, `\hat{y}`, `\bar{x}`.
/// Braces may be left out for one character, or for capitals as in `R_FC`, after a base of one letter,
/// so that names such as `mini_imagenet` stay as they are. Lines are separated by "\n".
package struct Label: Hashable, Sendable {
  /// The text as it was given, with its markup.
  var source: String
  var font: Font
  var color: Color
  var lines: [[Piece]]

  /// A stretch of text that is set in one way.
  struct Piece: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      case base
      case lowered
      case raised
      /// A spacing accent set over the text.
      case accented(String)
    }
    var text: String
    var kind: Kind
  }

  init(_ source: String, _ font: Font, _ color: Color = .ink) {
    self.source = source
    self.font = font
    self.color = color
    lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(Self.pieces)
  }

  /// Text that is set as it stands, whatever characters it holds.
  init(verbatim source: String, _ font: Font, _ color: Color = .ink) {
    self.source = source
    self.font = font
    self.color = color
    lines = source.split(separator: "\n", omittingEmptySubsequences: false).map {
      [Piece(text: String($0), kind: .base)]
    }
  }

  private static let accents = ["\\tilde{": "\u{02DC}", "\\hat{": "\u{02C6}", "\\bar{": "\u{00AF}"]

  private static func pieces(of line: Substring) -> [Piece] {
    var pieces: [Piece] = []
    var plain = ""
    var rest = line

    func flush() {
      if !plain.isEmpty { pieces.append(Piece(text: plain, kind: .base)) }
      plain = ""
    }

    scan: while let character = rest.first {
      for (command, accent) in accents.sorted(by: { $0.key < $1.key }) {
        guard rest.hasPrefix(command), let end = rest.firstIndex(of: "}") else { continue }
        flush()
        pieces.append(
          Piece(text: String(rest.dropFirst(command.count)[..<end]), kind: .accented(accent)))
        rest = rest[end...].dropFirst()
        continue scan
      }
      let next = rest.dropFirst()
      if character == "_" || character == "^", let follower = next.first {
        let kind: Piece.Kind = character == "_" ? .lowered : .raised
        if follower == "{", let end = next.firstIndex(of: "}") {
          flush()
          pieces.append(Piece(text: String(next.dropFirst()[..<end]), kind: kind))
          rest = next[end...].dropFirst()
          continue
        }
        let script = script(of: next)
        let after = next[script.endIndex...]
        if isSingleLetter(plain, after: pieces), isEndOfWord(after) {
          flush()
          pieces.append(Piece(text: String(script), kind: kind))
          rest = after
          continue
        }
      }
      plain.append(character)
      rest = next
    }
    flush()
    return pieces
  }

  /// Whether what was read ends in a base of one character.
  private static func isSingleLetter(_ plain: String, after pieces: [Piece]) -> Bool {
    guard let last = plain.last else { return pieces.last.map { $0.kind != .base } ?? false }
    let before = plain.dropLast().last
    return (last.isLetter || last == "‖" || last == "|" || last == ")")
      && !(last.isLetter && (before?.isLetter ?? false))
  }

  /// What would be lowered or raised without braces: capitals, or one character.
  private static func script(of rest: Substring) -> Substring {
    let capitals = rest.prefix { $0.isUppercase }
    return capitals.isEmpty ? rest.prefix(1) : capitals
  }

  /// Whether no word goes on.
  private static func isEndOfWord(_ rest: Substring) -> Bool {
    guard let next = rest.first else { return true }
    return !next.isLetter && !next.isNumber
  }
}
