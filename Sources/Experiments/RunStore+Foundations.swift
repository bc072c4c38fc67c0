extension RunStore {
  /// Stored runs with all that they build on, each once.
  ///
  /// - Returns: Nothing if one of them is gone, or what it has asked for is not known.
  package func runsWithFoundations(_ keys: [RunKey]) -> [StoredRun]? {
    var found: [RunKey: StoredRun] = [:]
    var open = keys
    while let key = open.popLast() {
      guard found[key] == nil else { continue }
      let run = stored(key)
      guard contains(key), let cost = run.cost else { return nil }
      found[key] = run
      open += cost.runs
    }
    return found.values.sorted { $0.key < $1.key }
  }
}
