import Claims
import Experiments
import Foundation

/// The expected metrics and drawing of a figure at the smoke budget, kept in `Data/golden`.
///
/// Where the environment is the one that they were written in (same kernels, same versions), every
/// bit must agree; elsewhere each metric has its tolerance, and so has the drawing.
public struct Golden: Codable, Equatable, Sendable {
  /// The expected values of one metric.
  public struct Entry: Codable, Equatable, Sendable {
    var seeds: [UInt64]
    var values: [Double]
    var tolerance: Tolerance
  }

  /// The version of the numbers.
  var engine: Int
  /// What else the last bits depend on.
  var environment: [String: String]
  /// The options that the values were computed with.
  var settings: [String: String]
  /// The metrics by name.
  var metrics: [String: Entry]
  /// What was drawn, if the figure has a listing.
  var drawing: GoldenDrawing?

  /// The golden values that these metrics would be.
  init(_ metrics: [Metric], drawing: GoldenDrawing? = nil, provenance: Provenance) {
    self.drawing = drawing
    engine = provenance.engine
    environment = provenance.environment
    settings = provenance.settings
    self.metrics = Dictionary(
      uniqueKeysWithValues: metrics.map {
        ($0.name, Entry(seeds: $0.values.seeds, values: $0.values.values, tolerance: $0.tolerance))
      })
  }

  /// The golden values in a file.
  static func read(_ file: URL) throws -> Golden {
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw FigureError.failed(
        "there are no golden values in \(file.path); write them with --golden write")
    }
    do {
      return try CanonicalJSON.decode(Golden.self, from: bytes)
    } catch {
      throw FigureError.failed(
        "\(file.path) does not hold golden values; write it anew with --golden write")
    }
  }

  /// Writes the values to a file.
  func write(to file: URL) throws {
    try AtomicFile.makeFolder(file.deletingLastPathComponent())
    try AtomicFile.write(try CanonicalJSON.encodeForReading(self), to: file)
  }

  /// How metrics compare with these values.
  func compared(with got: Golden) throws -> GoldenReport {
    guard got.settings == settings else {
      throw FigureError.failed(
        "the golden values were made with the settings \(Self.text(settings)), "
          + "not \(Self.text(got.settings)); use those, or --golden write")
    }
    guard got.engine == engine else {
      throw FigureError.failed(
        "the golden values are of engine version \(engine), this is \(got.engine); "
          + "look at the changes, then --golden write")
    }
    let isExact = got.environment == environment
    var rows: [GoldenReport.Row] = []
    for name in Set(metrics.keys).union(got.metrics.keys).sorted() {
      rows += Self.rows(name, expected: metrics[name], got: got.metrics[name], isExact: isExact)
    }
    return GoldenReport(
      isExact: isExact, rows: rows,
      drawing: drawing?.differences(from: got.drawing, isExact: isExact) ?? [])
  }

  private static func rows(
    _ name: String, expected: Entry?, got: Entry?, isExact: Bool
  ) -> [GoldenReport.Row] {
    let tolerance = expected?.tolerance ?? .absolute(0)
    let seeds = Set(expected?.seeds ?? []).union(got?.seeds ?? []).sorted()
    return seeds.map { seed in
      let expected = expected?.value(ofSeed: seed)
      let got = got?.value(ofSeed: seed)
      let agrees =
        if let expected, let got {
          isExact
            ? got.bitPattern == expected.bitPattern || (got.isNaN && expected.isNaN)
            : tolerance.accepts(got, insteadOf: expected)
        } else {
          false
        }
      return GoldenReport.Row(
        metric: name, seed: seed, expected: expected, got: got,
        allowed: isExact ? 0 : tolerance.distance(from: expected ?? 0), agrees: agrees)
    }
  }

  private static func text(_ settings: [String: String]) -> String {
    settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }
}

extension Golden.Entry {
  fileprivate func value(ofSeed seed: UInt64) -> Double? {
    zip(seeds, values).first { $0.0 == seed }?.1
  }
}
