import Foundation

/// A JSON value as its leaves by path, for saying where two differ.
struct FlatJSON: Equatable {
  /// `settings.schedule.epochs` to `10`.
  private(set) var leaves: [String: String] = [:]

  /// The leaves of some JSON; none if it is no JSON.
  init(_ json: Data) {
    // Who must tell the two apart does so before: descriptions are sealed, files are looked at.
    guard let value = try? JSONSerialization.jsonObject(with: json, options: .fragmentsAllowed)
    else { return }
    add(value, at: "")
  }

  private mutating func add(_ value: Any, at path: String) {
    func below(_ name: String) -> String { path.isEmpty ? name : path + "." + name }
    if let object = value as? [String: Any] {
      for (name, value) in object { add(value, at: below(name)) }
    } else if let array = value as? [Any] {
      for (index, value) in array.enumerated() { add(value, at: below("\(index)")) }
    } else {
      leaves[path] = "\(value)"
    }
  }

  /// The value without the leaves of some names.
  func without(_ isLeftOut: (String) -> Bool) -> FlatJSON {
    var rest = self
    rest.leaves = leaves.filter { !isLeftOut($0.key) }
    return rest
  }

  /// How many leaves two values do not share.
  func differenceCount(from new: FlatJSON) -> Int {
    let common = leaves.count { new.leaves[$0.key] != nil }
    let equal = leaves.count { new.leaves[$0.key] == $0.value }
    return leaves.count + new.leaves.count - common - equal
  }

  /// A leaf that two values do not share.
  struct Difference: Equatable, CustomStringConvertible {
    var path: String
    var old: String?
    var new: String?

    /// `settings.seed: 0 → 1`.
    var description: String { "\(path): \(old ?? "–") → \(new ?? "–")" }

    /// `seed: 0 → 1`, no value longer than a word.
    var short: String {
      func word(_ value: String?) -> String {
        guard let value else { return "–" }
        return value.count > 12 ? "\(value.prefix(8))…" : value
      }
      // A place in a list says nothing without the list's name.
      let names = path.split(separator: ".")
      let name = names.suffix(names.last.map { Int($0) != nil } == true ? 2 : 1)
      return "\(name.joined(separator: ".")): \(word(old)) → \(word(new))"
    }
  }

  /// As many differences as there is room for, at least one, and the number of the others.
  ///
  /// Digests come last: what has other settings has other digests.
  static func summary(of differences: [Difference], within columns: Int) -> String {
    let ordered =
      differences.filter { !$0.path.hasSuffix("digest") }
      + differences.filter { $0.path.hasSuffix("digest") }
    func text(_ count: Int) -> String {
      let rest = ordered.count - count
      let shown = ordered.prefix(count).map(\.short).joined(separator: ", ")
      return rest == 0 ? shown : shown + " and \(Spoken.count(rest, "more setting"))"
    }
    let count = (1...max(ordered.count, 1)).last { text($0).count <= columns } ?? 1
    return text(min(count, ordered.count))
  }

  /// Where another value differs, by path, numbers in paths as numbers.
  func differences(from new: FlatJSON) -> [Difference] {
    Set(leaves.keys).union(new.leaves.keys)
      .filter { leaves[$0] != new.leaves[$0] }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
      .map { Difference(path: $0, old: leaves[$0], new: new.leaves[$0]) }
  }
}
