import Foundation

/// A JSON value as its leaves by path, for saying where two differ.
struct FlatJSON: Equatable {
  /// `settings.schedule.epochs` to `10`.
  private(set) var leaves: [String: String] = [:]

  /// The leaves of some JSON; none if it is no JSON.
  init(_ json: Data) {
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

  /// A leaf that two values do not share.
  struct Difference: Equatable, CustomStringConvertible {
    var path: String
    var old: String?
    var new: String?

    /// `settings.seed: 0 → 1`.
    var description: String { "\(path): \(old ?? "–") → \(new ?? "–")" }
  }

  /// Where another value differs, by path, numbers in paths as numbers.
  func differences(from new: FlatJSON) -> [Difference] {
    Set(leaves.keys).union(new.leaves.keys)
      .filter { leaves[$0] != new.leaves[$0] }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
      .map { Difference(path: $0, old: leaves[$0], new: new.leaves[$0]) }
  }
}
