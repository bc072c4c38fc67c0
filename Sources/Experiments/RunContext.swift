import Foundation

/// What a run is given: a place, means and company, none of which may change its outcome.
public struct RunContext: Sendable {
  /// The name of this run.
  public let key: RunKey
  /// The run's own folder, for whatever it wants to keep beside its outcome.
  public let folder: URL
  /// The run's checkpoints: those of an earlier start, and those it will save.
  public let checkpoints: Checkpoints
  /// The store, for the outcomes of other experiments that this one builds on.
  public let runs: RunStore

  /// The epoch after which nobody asks for more for now, if there is one.
  let lastEpoch: Int?

  /// Ends the run here if nobody asks for more than so many epochs, whose checkpoint is saved.
  ///
  /// To be called after every checkpoint, the one that a run goes on from included.
  public func stopIfEnough(afterEpoch epoch: Int) throws {
    if let lastEpoch, epoch >= lastEpoch { throw StoppedRun() }
  }

  /// How many workers may compute at once.
  public var workers: Int { runs.workers }
  /// Where to say how far the run is.
  public var progress: ProgressReporter { runs.progress }
}

/// A run has come as far as it was asked to.
struct StoppedRun: Error {}
