import Foundation

extension RunStore {
  /// The runs that are to be done before some can be read: those of them that are not stored, and
  /// what these build on, if it is not stored either.
  ///
  /// - Parameters:
  ///   - planned: The runs, each after those that it builds on.
  ///   - read: Those that are read; all of them, unless told otherwise.
  /// - Returns: The runs to do, each after those that it builds on.
  public func missing(from planned: [PlannedRun], reading read: Set<RunKey>? = nil) -> [PlannedRun]
  {
    var wanted = read ?? Set(planned.map(\.key))
    var missing: [PlannedRun] = []
    for run in planned.reversed() where wanted.contains(run.key) && !run.isDone(in: self) {
      missing.append(run)
      wanted.formUnion(run.foundations)
    }
    return missing.reversed()
  }

  /// Does all runs that are not stored yet, several at once.
  ///
  /// As long as there is a run for every worker each has one, since runs share nothing; the last few
  /// divide the workers among them. A run begins when what it builds on is there, that of the longest
  /// way to the end first, and not while it would need more memory than the others leave. What another
  /// process has begun is left to it, as long as there is something else to do.
  ///
  /// - Parameters:
  ///   - planned: The runs, each after those that it builds on.
  ///   - read: Those that are read; all of them, unless told otherwise.
  ///   - memory: The bytes that runs may hold side by side, where they say what they hold.
  /// - Throws: The error of the first run in the order of the plan that has one; no run is begun
  ///   after an error.
  public func complete(
    _ planned: [PlannedRun], reading read: Set<RunKey>? = nil,
    memory: Int = Int(clamping: ProcessInfo.processInfo.physicalMemory)
  ) async throws {
    let missing = missing(from: planned, reading: read)
    let workers = workers
    // The processes of a group meet in one run at a time.
    let lanes = self.group == nil ? workers : 1
    let error = try await withThrowingTaskGroup(of: RunEnd.self) { group in
      var agenda = RunAgenda(missing, workers: lanes, memory: memory)
      repeat {
        while let start = agenda.next(isBusy: isClaimed) {
          let (run, store) = (missing[start.index], withWorkers(start.workers * workers / lanes))
          group.addTask {
            do {
              try await run.run(in: store)
              return RunEnd(index: start.index, error: nil)
            } catch {
              return RunEnd(index: start.index, error: error)
            }
          }
        }
        if let end = try await group.next() { agenda.end(end) }
      } while agenda.isUnderWay
      return agenda.firstError
    }
    if let error { throw error }
  }

  /// Whether somebody is doing a run.
  private func isClaimed(_ key: RunKey) -> Bool {
    RunLock.isHeld(folder(of: key).appending(path: Self.claimName))
  }
}

/// How a run has ended.
struct RunEnd: Sendable {
  var index: Int
  var error: (any Error)?
}
