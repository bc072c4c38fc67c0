extension RunStore {
  /// Runs with all that they build on, as far as finished runs tell what they have asked for.
  ///
  /// - Returns: The keys, of absent runs too, and whether all that have been begun tell.
  package func foundations(of keys: [RunKey]) throws -> (keys: Set<RunKey>, areComplete: Bool) {
    var found: Set<RunKey> = []
    var open = keys
    var areComplete = true
    while let key = open.popLast() {
      guard found.insert(key).inserted else { continue }
      let run = stored(key)
      if let cost = try run.cost, try isReadable(key) {
        open += cost.runs
      } else if try run.state != .absent {
        areComplete = false
      }
    }
    return (found, areComplete)
  }

  /// Stored runs with all that they build on, each once.
  ///
  /// - Returns: Nothing if one of them is gone, or what it has asked for is not known.
  package func runsWithFoundations(_ keys: [RunKey]) throws -> [StoredRun]? {
    let (all, areComplete) = try foundations(of: keys)
    guard areComplete, try all.allSatisfy(isReadable) else { return nil }
    return all.sorted().map(stored)
  }

  /// Whether a run is done, or has been run as far as somebody needed it.
  private func isReadable(_ key: RunKey) throws -> Bool {
    try contains(key) || (stored(key).cost?.isResumed == true && hasCheckpoint(of: key))
  }
}
