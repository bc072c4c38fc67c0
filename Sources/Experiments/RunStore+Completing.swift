extension RunStore {
  /// Does all runs that are not stored yet, as many at once as there are workers.
  ///
  /// Each run has one worker to itself: many small runs are done sooner side by side than one after
  /// another with their work divided. The longest are begun first.
  public func complete(_ planned: [PlannedRun]) async throws {
    let single = withWorkers(1)
    let missing = planned.filter { !contains($0.key) }
    let ordered = missing.enumerated().sorted {
      let (a, b) = ($0.element.estimatedSeconds ?? 0, $1.element.estimatedSeconds ?? 0)
      return a != b ? a > b : $0.offset < $1.offset
    }
    _ = try await concurrentMap(ordered.map(\.element), workers: workers) { run in
      try await run.run(in: single)
    }
  }
}
