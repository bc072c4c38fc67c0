/// Why training cannot go on, and what to do about it.
public enum TrainingError: Error, Hashable, Sendable {
  /// A loss or a gradient is infinite or no number.
  case notFinite(quantity: String, iteration: Int)
  /// So many workers with memory of their own would need more than the machine has.
  case memory(needed: Int, available: Int, workers: Int)
  /// A checkpoint's arrays are not those of the run that reads it.
  case foreignCheckpoint(name: String, problem: String)
  /// Training has turned the scores of its head around, or blotted them out.
  case scaleNotPositive(scale: Float, epoch: Int)
}

extension TrainingError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String {
    switch self {
    case .notFinite(let quantity, let iteration):
      "the \(quantity) at iteration \(iteration) is not finite: the training has diverged; lower "
        + "the inner or the outer learning rate, or bound the gradient"
    case .memory(let needed, let available, let workers):
      "this needs \(Self.megabytes(needed)) MB of memory, and the machine has "
        + "\(Self.megabytes(available)) MB: use "
        + (workers > 1 ? "fewer than \(workers) workers with --threads, or " : "")
        + "smaller images or episodes"
    case .foreignCheckpoint(let name, let problem):
      "“\(name)” in the checkpoint \(problem): it belongs to another run; discard this run"
    case .scaleNotPositive(let scale, let epoch):
      "the learned scale of the head's scores is \(scale) after epoch \(epoch): without it the "
        + "order of the scores would be another; lower the rate, or fix the scale"
    }
  }

  private static func megabytes(_ bytes: Int) -> Int { (bytes + 999_999) / 1_000_000 }
}
