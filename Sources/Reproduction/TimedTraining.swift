/// A training whose time is of interest, such as a method's beside that of another.
public struct TimedTraining {
  /// What it is: the method, and on what.
  public var name: String
  /// The number of its updates.
  public var updates: Int
  /// The multiplications and additions of all of them.
  public var floatingPointOperations: Double
  /// Makes what does one update after another, alone, on one worker.
  public var repeatedUpdate: () -> () throws -> Void

  /// A training that can be timed.
  public init(
    _ name: String, updates: Int, floatingPointOperations: Double,
    repeatedUpdate: @escaping () -> () throws -> Void
  ) {
    self.name = name
    self.updates = updates
    self.floatingPointOperations = floatingPointOperations
    self.repeatedUpdate = repeatedUpdate
  }
}
