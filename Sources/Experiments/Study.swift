import Algorithms

/// What is to be known, as the runs that it takes and a way to read their outcomes.
///
/// A study is a value: nothing runs when it is made. What a figure wants to know is one study, from
/// which planning, listing, running and measuring all follow.
///
/// ```swift
/// let accuracy = try Study(evaluation).map(\.accuracy)
/// try await accuracy.value(from: runs)   // runs what is not stored, then reads
/// ```
public struct Study<Value: Sendable>: Sendable {
  /// All runs that it takes, each once and after those that it builds on.
  public let runs: [PlannedRun]
  /// The runs whose outcomes are read; the others are what these build on.
  public let read: Set<RunKey>
  /// The data that its runs look at, each set once.
  public let data: [DataFingerprint]
  private let outcome: @Sendable (RunStore) async throws -> Value

  private init(
    _ runs: [PlannedRun], read: Set<RunKey>, data: [DataFingerprint] = [],
    _ outcome: @escaping @Sendable (RunStore) async throws -> Value
  ) {
    (self.runs, self.read, self.outcome) = (runs, read, outcome)
    self.data = Array(data.uniqued())
  }

  /// What is known without a run: theory, tables of settings.
  public init(_ value: Value) { self.init([], read: []) { _ in value } }

  /// The outcome of an experiment.
  public init<E: Experiment>(_ experiment: E) throws where Value == E.Outcome {
    let runs = try PlannedRun.all(of: experiment)
    self.init(runs, read: [runs[runs.count - 1].key]) { try await $0.outcome(of: experiment) }
  }

  /// The same runs, read in another way.
  public func map<Result: Sendable>(
    _ transform: @escaping @Sendable (Value) throws -> Result
  ) -> Study<Result> {
    Study<Result>(runs, read: read, data: data) { try transform(try await outcome($0)) }
  }

  /// The answers to two questions.
  public func and<Other: Sendable>(_ other: Study<Other>) -> Study<(Value, Other)> {
    Study<(Value, Other)>(
      (runs + other.runs).merged(), read: read.union(other.read), data: data + other.data
    ) { store in
      (try await outcome(store), try await other.outcome(store))
    }
  }

  /// The answers to many questions of one kind, in their order.
  public static func all<Part: Sendable>(
    _ parts: [Study<Part>]
  ) -> Study<[Part]> where Value == [Part] {
    Study(
      parts.flatMap(\.runs).merged(), read: Set(parts.flatMap(\.read)),
      data: parts.flatMap(\.data)
    ) { store in
      var values: [Part] = []
      for part in parts { values.append(try await part.outcome(store)) }
      return values
    }
  }

  /// The same study, which says what data its runs look at.
  public func using(_ data: [DataFingerprint]) -> Study {
    Study(runs, read: read, data: self.data + data, outcome)
  }

  /// The answer, from stored outcomes; what is missing is run first.
  public func value(from store: RunStore) async throws -> Value {
    try await store.complete(runs, reading: read)
    return try await outcome(store)
  }
}
