import Experiments
import Foundation
import Plotting

/// The files of a measured figure: picture, JSON, CSV.
///
/// All of them are new, or none is.
struct FigureFiles<F: Figure> {
  let record: FigureRecord<F.Results>
  private let figure: F
  private let options: FigureOptions

  init(_ figure: F, _ results: F.Results, _ options: FigureOptions, _ provenance: Provenance) {
    self.figure = figure
    self.options = options
    record = FigureRecord(
      of: figure, results: results, options: options, provenance: provenance,
      times: nil)
  }

  /// Writes the files, the pictures first.
  ///
  /// - Parameters:
  ///   - folder: Where they go.
  ///   - formats: The kinds of pictures.
  ///   - width: The pictures' width in inches, if it is not their own.
  ///   - dotsPerInch: Pixels per inch of a PNG.
  /// - Returns: The files.
  /// - Throws: What cannot be drawn or written.
  func write(
    to folder: URL, formats: [PageFormat], width: Double?, dotsPerInch: Double
  ) throws -> [URL] {
    // Drawn from what is stored, so that a picture drawn later from the JSON file is the same.
    let json = try CanonicalJSON.encodeForReading(record)
    let results = try CanonicalJSON.decode(FigureRecord<F.Results>.self, from: json).results
    let csv = TidyTable(figure.quantities(in: results)).csv
    let natural = figure.draw(results)
    let drawing = width.map { natural.resized(toWidth: $0) } ?? natural
    let texts: KeyValuePairs = [
      "Title": F.identity.title,
      "Software": "Refigure \(PackageVersion.current)",
      "Provenance": try record.provenance.json,
      "Claims": String(decoding: try CanonicalJSON.encode(record.claims), as: UTF8.self),
      "Data": csv,
    ]
    var files = try formats.map { format in
      (
        bytes: try drawing.encoded(
          as: format, dotsPerInch: dotsPerInch, caption: caption, texts: texts),
        file: folder.appending(path: "\(F.name).\(format.rawValue)")
      )
    }
    if let text = drawing.transcript(caption: caption) {
      files.append((Data(text.utf8), folder.appending(path: "\(F.name).md")))
    }
    files.append((json, folder.appending(path: "\(F.name).json")))
    files.append((Data(csv.utf8), folder.appending(path: "\(F.name).csv")))
    try AtomicFile.write(files)
    return files.map(\.file)
  }

  /// What was used and how much of it: `glyphs · standard budget · 5 seeds · intervals of 95 %`.
  private var caption: String {
    // What else is said of intervals is said of the figure's own number of seeds.
    let seeds =
      switch options.seeds.count {
      case 1: "1 seed, of which there are no intervals"
      case 2: "2 seeds, too few for bars and bands"
      case let count: "\(count) seeds"
      }
    let data = record.provenance.data.keys.sorted().joined(separator: ", ")
    let amount = options.preset.map { "preset \($0)" } ?? "\(options.budget.rawValue) budget"
    return [data, amount, seeds].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
