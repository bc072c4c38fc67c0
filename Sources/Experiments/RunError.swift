/// What can be wrong with a run, apart from what its experiment throws.
public enum RunError: Error, Equatable {
  /// An experiment asked for an outcome that needs its own.
  case circular([RunKey])
  /// Two different descriptions have the same key.
  case collision(RunKey)
  /// The stored outcome is not of the form that the experiment declares.
  case unreadableOutcome(RunKey)
  /// The outcome of another run lies in this run's folder.
  case foreignOutcome(RunKey, RunKey)
  /// A checkpoint is not there, or not as it was written.
  case checkpoint(path: String, problem: String)
}

extension RunError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String {
    switch self {
    case .circular(let keys):
      "an experiment needs its own outcome: \(keys.map(\.description).joined(separator: " → "))"
    case .collision(let key):
      "\(key) belongs to another description; delete its folder from the store"
    case .unreadableOutcome(let key):
      "the outcome of \(key) has another form than its experiment now declares"
    case .foreignOutcome(let key, let other): "the outcome of \(other) lies in place of \(key)"
    case .checkpoint(let path, let problem): "the checkpoint \(path) \(problem)"
    }
  }
}
