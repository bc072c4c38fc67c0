import Foundation
import Reproduction

/// Pictures in SVG, brought together in one page.
///
/// Cairo draws every letter as an outline, at a place of its own, and writes the outlines and styles into
/// each file; together they are most of it. On a page outlines, words and styles stand once, and the names
/// within each picture become its own.
struct PictureSheet {
  /// A picture without what it shares with others.
  struct Picture {
    /// A name on the page, for showing it again elsewhere.
    let drawing: String
    let viewBox: String
    /// As wide as on paper and a half more, in points.
    let width: Double
    let elements: String
  }

  /// The outlines, and words made of them, each a `symbol`.
  private(set) var symbols: [String] = []
  /// The styles, each a rule.
  private(set) var rules: [String] = []
  private var symbolNames: [String: String] = [:]
  private var ruleNames: [String: String] = [:]

  /// Takes a picture's shared parts, and returns the rest.
  ///
  /// - Parameters:
  ///   - svg: A file as Cairo writes it, an element a line.
  ///   - name: The picture's name, once on the page.
  /// - Returns: The picture without its shared parts.
  /// - Throws: ``FigureError`` if it does not say how large it is.
  mutating func add(_ svg: Data, named name: String) throws -> Picture {
    var elements: [String] = []
    var box: (text: String, width: Double)?
    // What letters are called in this file, by what they are called on the page.
    var letters: [String: String] = [:]
    var outline: (id: String, lines: [String])?
    var word: [Letter] = []
    for indented in String(decoding: svg, as: UTF8.self).split(separator: "\n") {
      let line = indented.drop { $0 == " " }
      if line.hasPrefix("<?xml") || line == "</svg>" { continue }
      var parts = line.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
      if let letter = Letter(parts, letters) {
        word.append(letter)
        continue
      }
      if !word.isEmpty {
        elements.append(placed(word))
        word = []
      }
      if line.hasPrefix("<svg ") {
        box = Self.value(of: "viewBox", in: parts).flatMap { text in
          let numbers = text.split(separator: " ").compactMap { Double($0) }
          return numbers.count == 4 && numbers[2] > 0 ? (text, numbers[2]) : nil
        }
      } else if line.hasPrefix("<symbol "), let id = Self.value(of: "id", in: parts) {
        outline = (id, [])
      } else if line == "</symbol>", let (id, lines) = outline {
        letters[id] = symbol(lines.joined(), as: lines.joined())
        outline = nil
      } else if line == "</g>", let merged = Self.merged(elements.suffix(2)) {
        elements.removeLast(2)
        elements.append(merged)
      } else {
        for place in stride(from: 1, to: parts.count, by: 2) {
          rename(&parts, at: place, letters, within: name)
        }
        let element = parts.joined(separator: "\"")
        if outline == nil { elements.append(element) } else { outline?.lines.append(element) }
      }
    }
    guard let box else {
      throw FigureError.failed(
        "\(name).svg is not as Cairo draws it: no viewBox says how large it is; build the figures "
          + "again: swift build")
    }
    return Picture(
      drawing: name + "-drawing", viewBox: box.text, width: 1.5 * box.width,
      elements: elements.joined())
  }

  private static func value(of attribute: String, in parts: [String]) -> String? {
    parts.indices.dropFirst().first { parts[$0 - 1].hasSuffix(" \(attribute)=") }
      .map { parts[$0] }
  }

  /// Gives the value of an attribute its name on the page.
  private mutating func rename(
    _ parts: inout [String], at place: Int, _ letters: [String: String], within name: String
  ) {
    let value = parts[place]
    let attribute = parts[place - 1]
    if attribute.hasSuffix("style=") {
      parts[place - 1] = attribute.dropLast("style=".count) + "class="
      parts[place] = rule(value)
    } else if attribute.hasSuffix("xlink:href="), value.hasPrefix("#") {
      let id = String(value.dropFirst())
      parts[place - 1] = attribute.dropLast("xlink:href=".count) + "href="
      parts[place] = "#" + (letters[id] ?? "\(name)-\(id)")
    } else if [" d=", " x=", " y="].contains(where: attribute.hasSuffix) {
      parts[place] = Self.shortened(value)
    } else if attribute.hasSuffix(" id=") {
      parts[place] = "\(name)-\(value)"
    } else if value.hasPrefix("url(#") {
      parts[place] = "url(#\(name)-" + value.dropFirst("url(#".count)
    }
  }

  private static func text(_ coordinate: Double) -> String {
    let text = shortened("\(coordinate)")
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Coordinates to a hundredth of a point, which nobody sees.
  private static func shortened(_ coordinates: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(coordinates.utf8.count)
    var decimals: Int?
    for byte in coordinates.utf8 {
      switch byte {
      case UInt8(ascii: "."): decimals = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let count = decimals {
          guard count < 2 else { continue }
          decimals = count + 1
        }
      default: decimals = nil
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A letter where Cairo puts it.
  private struct Letter {
    let name: String
    let x: Double
    let y: Double

    /// `letters`: what outlines are called on the page, by what they are called in the file.
    init?(_ parts: [String], _ letters: [String: String]) {
      guard parts.count == 7, parts[0].hasPrefix("<use "),
        let name = letters[String(parts[1].dropFirst())],
        let x = Double(parts[3]), let y = Double(parts[5])
      else { return nil }
      (self.name, self.x, self.y) = (name, x, y)
    }

    /// How it is shown beside another one.
    func element(beside first: Letter) -> String {
      let places = [("x", x - first.x), ("y", y - first.y)].compactMap { axis, distance in
        let text = PictureSheet.text(distance)
        return text == "0" || text == "-0" ? nil : " \(axis)=\"\(text)\""
      }
      return "<use href=\"#\(name)\"\(places.joined())/>"
    }
  }

  /// A word, which stands on the page once for all places where its letters are as far apart.
  private mutating func placed(_ word: [Letter]) -> String {
    let first = word[0]
    let name: String
    if word.count == 1 {
      name = first.name
    } else {
      let shape = word.map { letter in
        let distances = [letter.x - first.x, letter.y - first.y].map { Int((10 * $0).rounded()) }
        return "\(letter.name) \(distances)"
      }
      name = symbol(shape.joined(), as: word.map { $0.element(beside: first) }.joined())
    }
    return "<use href=\"#\(name)\" x=\"\(Self.text(first.x))\" y=\"\(Self.text(first.y))\"/>"
  }

  /// A word and the group that holds nothing else, as one element; nil if they are not that.
  private static func merged(_ last: ArraySlice<String>) -> String? {
    let opening = "<g class="
    guard last.count == 2, let group = last.first, let word = last.last, group.hasPrefix(opening),
      group.hasSuffix("\">"), word.hasPrefix("<use ")
    else { return nil }
    return "<use class=" + group.dropFirst(opening.count).dropLast() + word.dropFirst("<use".count)
  }

  /// `key`: what is equal for what may be shown by the same symbol.
  private mutating func symbol(_ key: String, as content: String) -> String {
    if let name = symbolNames[key] { return name }
    let name = "g\(symbols.count)"
    symbolNames[key] = name
    symbols.append("<symbol id=\"\(name)\">\(content)</symbol>")
    return name
  }

  private mutating func rule(_ style: String) -> String {
    if let name = ruleNames[style] { return name }
    let name = "s\(rules.count)"
    ruleNames[style] = name
    rules.append(".\(name){\(style.trimmingCharacters(in: .whitespaces))}")
    return name
  }
}
