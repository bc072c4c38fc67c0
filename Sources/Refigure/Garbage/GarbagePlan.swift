import Experiments
import Foundation

/// What is to be deleted, and why.
struct GarbagePlan {
  /// A run, or a file that belongs to none.
  struct Item {
    /// The folder or file.
    var file: URL
    /// The run whose folder it is.
    var run: RunKey?
    var size: Int
    /// The figure in whose making it was computed, if that is known.
    var figure: String?
    var reason: String
  }

  private(set) var items: [Item] = []
  /// Runs that no figure needs with named options, but which were made with others; they stay.
  private(set) var variants: [Item] = []

  mutating func delete(_ item: Item) { items.append(item) }
  mutating func keepVariant(_ item: Item) { variants.append(item) }

  var size: Int { items.reduce(0) { $0 + $1.size } }

  /// A short name of exactly this plan: of other files, sizes or reasons there is another.
  var digest: String {
    let lines = items.map { "\($0.file.path) \($0.size) \($0.reason)" }.sorted()
    return String(sha256(Data(lines.joined(separator: "\n").utf8)).prefix(8))
  }

  /// What is to be deleted, by figure and reason.
  var table: TextTable {
    struct Group: Hashable {
      var figure, reason: String
    }
    let groups = Dictionary(grouping: items) {
      Group(figure: $0.figure ?? "of no figure here", reason: $0.reason)
    }
    var table = TextTable()
    for (group, items) in groups.sorted(by: {
      ($0.key.figure, $0.key.reason) < ($1.key.figure, $1.key.reason)
    }) {
      let noun = items[0].run == nil ? "file" : "run"
      table.append(
        group.figure, Spoken.count(items.count, noun),
        Spoken.bytes(items.reduce(0) { $0 + $1.size }), group.reason)
    }
    return table
  }

  /// Each of some items, with its size and the reason.
  static func list(_ items: [Item]) -> TextTable {
    var table = TextTable()
    for item in items.sorted(by: { $0.file.path < $1.file.path }) {
      table.append("  \(item.file.lastPathComponent)", Spoken.bytes(item.size), item.reason)
    }
    return table
  }
}
