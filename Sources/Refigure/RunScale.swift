import Foundation

/// How much there is to compute in a run, in units that mean something between runs of one kind.
///
/// It is the number of rounds (iterations and what each takes, or episodes measured), times the
/// images of a round, times the multiplications that the network's layers do for one of them. Runs
/// are of one kind if they do the same by the same methods, whatever their size; the time of one then
/// tells about that of another, as far as a larger one is as fast per multiplication.
struct RunScale: Sendable {
  /// What two runs must share for their sizes to be compared.
  let kind: [String: String]
  /// The size; only its ratio to that of another run of the kind says something.
  let size: Double
  /// What it trains, if it trains something rather than measure what another run has trained.
  ///
  /// A training and a choice among its epochs train the same.
  let trained: [String: String]?

  /// The scale of a run's description, or nothing if it does not say how often it does what.
  init?(of description: FlatJSON) {
    let leaves = description.leaves
    func number(_ path: String) -> Double? { leaves["settings." + path].flatMap(Double.init) }
    func length(_ path: String) -> Double? {
      let count = leaves.keys.count { $0.hasPrefix("settings.\(path).") }
      return count == 0 ? nil : Double(count)
    }
    kind = Self.kind(leaves)
    let own = Self.schedule(number, "")
    let rounds =
      own ?? (leaves["name"] == "selection" ? Self.schedule(number, "training.") : nil)
      ?? number("count").map { $0 * (length("epochs") ?? 1) }
      ?? number("testEpisodes") ?? number("trials")
    guard let rounds else { return nil }
    let isSelection = leaves["name"] == "selection"
    let place = isSelection ? "settings.training." : "settings."
    trained =
      own != nil || isSelection
      ? Dictionary(
        uniqueKeysWithValues: leaves.filter { $0.key.hasPrefix(place) }.map {
          (String($0.key.dropFirst(place.count)), $0.value)
        }) : nil
    size = rounds * Self.images(leaves) * Self.products(leaves)
  }

  /// What is done, with what learner; a choice among the epochs of a training is that training.
  private static func kind(_ leaves: [String: String]) -> [String: String] {
    let isSelection = leaves["name"] == "selection"
    var kind = ["name": isSelection ? "meta-training" : leaves["name"] ?? ""]
    let place = isSelection ? "settings.training." : "settings."
    for (path, value) in leaves where path.hasPrefix(place) {
      let name = path.dropFirst(place.count)
      let says = name.hasSuffix("kind") || name.hasSuffix("order") || name.contains("adapts.only.")
      // What episodes are drawn from has a size as well, but takes no time.
      guard says, !name.hasPrefix("episodes") else { continue }
      kind[String(name)] = value
    }
    return kind
  }

  /// How many times larger a run of the same kind is; nothing if it is of another.
  func ratio(of other: RunScale) -> Double? {
    guard kind == other.kind, size > 0, other.size > 0 else { return nil }
    return other.size / size
  }

  private static func schedule(_ number: (String) -> Double?, _ place: String) -> Double? {
    guard
      let iterations = number(place + "schedule.iterations")
        ?? number(place + "schedule.iterationsPerEpoch").flatMap({ each in
          number(place + "schedule.epochs").map { $0 * each }
        })
    else { return nil }
    return iterations * (number(place + "schedule.batch") ?? 1)
  }

  /// The images, or points, that an episode's inner loop and its query are computed on.
  private static func images(_ leaves: [String: String]) -> Double {
    let episode = (first("ways", leaves) ?? 1)
    let steps = first("steps", leaves) ?? 1
    guard let shots = first("shots", leaves) else { return 1 }
    return episode * (shots * steps + (first("queries", leaves) ?? 0))
  }

  /// The multiplications of the layers for one image or point.
  private static func products(_ leaves: [String: String]) -> Double {
    guard
      let place = leaves.keys.filter({ $0.hasSuffix(".widths.0") || $0.hasSuffix(".filters") })
        .min(by: { ($0.count, $0) < ($1.count, $1) })
    else { return 1 }
    let model = place.split(separator: ".").dropLast(place.hasSuffix(".filters") ? 1 : 2)
      .joined(separator: ".")
    func number(_ name: String) -> Double? { leaves["\(model).\(name)"].flatMap(Double.init) }
    let widths = (0...).lazy.map { number("widths.\($0)") }.prefix { $0 != nil }.compactMap(\.self)
    guard var side = number("imageShape.0") else {
      return zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let layers =
      number("filters").map { [Double](repeating: $0, count: Int(number("depth") ?? 1)) }
      ?? Array(widths)
    let stride = number("downsampling.stride._0")
    // Networks of several widths halve their maps; others do so if they say it.
    let pooling = number("downsampling.pooling.side") ?? (number("filters") == nil ? 2 : 1)
    var channels = number("imageShape.2") ?? 1
    var products = 0.0
    for filters in layers {
      if let stride { side = (side / stride).rounded(.up) }
      products += side * side * channels * filters
      if stride == nil { side = max((side / pooling).rounded(.down), 1) }
      channels = filters
    }
    return products
  }

  /// The number at the shortest path that ends in a name.
  private static func first(_ name: String, _ leaves: [String: String]) -> Double? {
    leaves.filter { $0.key.hasSuffix("." + name) }
      .min { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
      .flatMap { Double($0.value) }
  }
}
