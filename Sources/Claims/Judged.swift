/// What claims are judged on: a figure's results, and the times of trainings where they are kept.
public struct Judged<Results: Sendable>: Sendable {
  /// The measured numbers.
  public var results: Results

  /// What the trainings that a paper compares take, which is no part of any result.
  public var times: TrainingTimes?

  /// Results with the kept times, if there are any.
  public init(_ results: Results, times: TrainingTimes? = nil) {
    self.results = results
    self.times = times
  }
}
