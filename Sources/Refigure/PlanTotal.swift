import Experiments
import Reproduction

/// What several figures take together.
struct PlanTotal {
  /// What is to be done is likely to take on one core; nil if nobody knows any of it.
  private var coreSeconds: Double?
  /// Whether it is the sum of what single runs are likely to take.
  private var isExact: Bool
  /// Whether it is without a part of some figures.
  private var isLeast: Bool
  /// The figures of which nobody knows what they take.
  private var unknown: Int
  private var peakBytes: Int
  private var storeBytes: Int

  init(_ plans: [FigurePlan]) {
    var missing: [RunKey: Double?] = [:]
    for row in plans.flatMap(\.rows) where !row.stored { missing[row.key] = row.estimatedSeconds }
    let known = missing.values.compactMap(\.self)
    isExact = known.count == missing.count
    let open = plans.filter { $0.rows.contains { !$0.stored } }
    let parts = open.compactMap(\.parts)
    isLeast = !isExact && open.contains(where: \.isLeast)
    unknown = isExact ? 0 : open.count - parts.count
    coreSeconds =
      isExact ? known.reduce(0, +) : parts.isEmpty ? nil : CostEstimate.together(parts)
    peakBytes = open.compactMap(\.timing?.peakBytes).max() ?? 0
    storeBytes = open.compactMap(\.timing?.storeBytes).reduce(0, +)
  }

  /// `, about 40 min on 2 cores, 480 MB of memory, at most 640 MB of disk`.
  func words(onCores cores: Int) -> String {
    var words: [String] = []
    if let coreSeconds {
      words.append(
        (isExact
          ? Spoken.about(coreSeconds / Double(cores))
          : "estimated \(isLeast ? "at least " : "")" + Spoken.seconds(coreSeconds / Double(cores)))
          + " on "
          + Spoken.count(cores, "core"))
    }
    if unknown > 0 { words.append("\(Spoken.count(unknown, "figure")) not yet timed") }
    if peakBytes > 0 { words.append("\(Spoken.bytes(peakBytes)) of memory") }
    if storeBytes > 0 { words.append("at most \(Spoken.bytes(storeBytes)) of disk") }
    return words.map { ", " + $0 }.joined()
  }
}
