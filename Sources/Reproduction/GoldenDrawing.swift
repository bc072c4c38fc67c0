import Experiments
import Foundation
import Plotting

/// The expected drawing of a figure: its listing, and a digest of its pixels without text.
struct GoldenDrawing: Codable, Equatable, Sendable {
  /// One line for each mark, axis and word.
  var listing: [String]
  /// The SHA-256 of the pixels without text.
  var pixels: String?
  /// What pixels depend on beside the listing: Cairo, and the measures of its font.
  var drawnWith: [String: String]

  /// The drawing as it should be, or nothing if it cannot be compared.
  init?(of drawing: some Drawable) {
    listing = drawing.listing
    guard !listing.isEmpty else { return nil }
    pixels = drawing.pixelsWithoutText.map { sha256($0) }
    drawnWith = DrawingLibrary.facts
  }

  /// How another drawing differs, in sentences; none if it does not.
  ///
  /// Exactly: every line, and the pixels where Cairo and font are the same. Otherwise: the same
  /// marks with as many points, none farther off than ``reach`` of the plot's extent, and the same
  /// words, numbers apart; ticks follow the data and are left out.
  func differences(from got: GoldenDrawing?, isExact: Bool) -> [String] {
    guard let got else { return ["there is none any more"] }
    guard isExact else {
      return Self.differences(DrawnMarks(listing), DrawnMarks(got.listing))
    }
    if let place = zip(listing, got.listing).enumerated().first(where: { $1.0 != $1.1 }) {
      return [
        "line \(place.offset + 1) is “\(Self.short(place.element.1))”, "
          + "not “\(Self.short(place.element.0))”"
      ]
    }
    if listing.count != got.listing.count {
      return ["\(got.listing.count) lines, not \(listing.count)"]
    }
    return got.drawnWith == drawnWith && got.pixels != pixels
      ? ["the pixels differ, though every mark and word is the same"] : []
  }

  /// How far a point may be off where other kernels ran, in parts of its plot's extent.
  static let reach = 0.25

  private static func differences(_ expected: DrawnMarks, _ got: DrawnMarks) -> [String] {
    if expected.words != got.words {
      let new = got.words.filter { !expected.words.contains($0) }
      let lost = expected.words.filter { !got.words.contains($0) }
      return ["the words differ: new \(new), missing \(lost)"]
    }
    guard expected.marks.map(\.name) == got.marks.map(\.name) else {
      return ["\(got.marks.count) marks, not the same \(expected.marks.count)"]
    }
    for (old, new) in zip(expected.marks, got.marks) {
      guard old.points.count == new.points.count else {
        return ["“\(short(old.name))” has \(new.points.count) points, not \(old.points.count)"]
      }
      let extent = expected.extent(ofPlot: old.plot)
      for (p, q) in zip(old.points, new.points)
      where abs(p.x - q.x) > reach * extent.x || abs(p.y - q.y) > reach * extent.y {
        return ["“\(short(old.name))” has a point (\(q.x), \(q.y)) far from (\(p.x), \(p.y))"]
      }
    }
    return []
  }

  private static func short(_ text: String) -> String {
    text.count > 100 ? text.prefix(100) + "…" : text
  }
}

/// The marks and words in a listing, without frames and ticks.
struct DrawnMarks {
  /// A mark with its points in the data's coordinates.
  struct Mark {
    var name: String
    /// The axes that it is drawn in, by the plot and the mark's kind of coordinates.
    var plot: String
    var points: [(x: Double, y: Double)]
  }

  private(set) var marks: [Mark] = []
  /// All words that are no numbers, in ascending order, each digit written as a #.
  private(set) var words: [String] = []

  init(_ listing: [String]) {
    for line in listing {
      let points = line.matches(of: /\(([^(), ]+), ([^(), ]+)\)/).compactMap { match in
        Double(match.1).flatMap { x in Double(match.2).map { (x: x, y: $0) } }
      }
      if let quote = line.firstIndex(of: "\""), line[..<quote].contains(": text") {
        // Word by word, since where a label is broken depends on the width of numbers beside it.
        words += line[quote...].trimmingCharacters(in: CharacterSet(charactersIn: "\""))
          .split(separator: " ").filter { $0.contains(where: \.isLetter) }
          .map { String($0.replacing(/[−-]?[0-9]+(\.[0-9]+)?/, with: "#")) }
      } else if !points.isEmpty, let end = line.firstIndex(of: "(") {
        let name = String(line[..<end])
        marks.append(
          Mark(
            name: name, plot: String(name.prefix { $0 != "/" && $0 != ":" }), points: points))
      }
    }
    words.sort()
  }

  /// The extent of all points of a plot's marks; both axes of a plot with two count as one.
  func extent(ofPlot plot: String) -> (x: Double, y: Double) {
    let points = marks.filter { $0.plot == plot }.flatMap(\.points)
    func extent(_ values: [Double]) -> Double {
      (values.max() ?? 0) - (values.min() ?? 0)
    }
    return (extent(points.map(\.x)), extent(points.map(\.y)))
  }
}
