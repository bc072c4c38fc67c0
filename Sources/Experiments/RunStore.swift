import Foundation

/// The outcomes of experiments by their description: run the first time, read ever after.
///
/// ```
/// <folder>/<name>-<digest>/description.json     what was run, with its checksum
///                          outcome.json         what came of it, with its checksum
///                          environment.json     kernels and versions that it was run with
///                          checkpoints/         see Checkpoints
///                          claim                held by the process that is running it
///                          failure.txt          why it failed, if it was not begun again since
///          costs/<name>-<digest>.json            the time and memory that it took, kept apart
/// ```
///
/// A file is there as a whole or not at all. One that has been damaged since is reported, moved
/// aside and computed anew. Any number of tasks, processes and machines that share the folder may
/// ask for the same run: one does it, the others wait and read.
public struct RunStore: Sendable {
  /// The folder that holds the runs.
  public let folder: URL
  /// How many workers a run may use; never changes an outcome.
  public private(set) var workers: Int
  /// Where runs say how far they are.
  public let progress: ProgressReporter
  /// The runs that are waiting for this one, to find experiments that need themselves.
  private var ancestors: [RunKey] = []
  /// What bits may depend on beside descriptions: kernels, versions.
  private var environment: [String: String] = [:]
  /// The processes that do trainings together, if there are several.
  public internal(set) var group: (any ProcessGroup)?
  /// Where the run that this one is for notes what it has asked for.
  private var nested: NestedRuns?
  private let computed = RunCount()

  /// The store in a folder, which is made when the first run needs it.
  public init(
    folder: URL, workers: Int = 1, progress: ProgressReporter = .standardError()
  ) {
    self.folder = folder.standardizedFileURL
    self.workers = workers
    self.progress = progress
  }

  /// The same store, which notes in the folder of every run what it was run with.
  ///
  /// The note is no part of the run's name: a run with other kernels is the same run.
  public func recording(environment: [String: String]) -> RunStore {
    var store = self
    store.environment = environment
    return store
  }

  /// The same store for runs of so many workers each, such as several that go on side by side.
  public func withWorkers(_ count: Int) -> RunStore {
    precondition(count > 0, "a run needs a worker")
    var store = self
    store.workers = count
    return store
  }

  /// The outcome of an experiment: the stored one, else that of running it now.
  ///
  /// - Throws: ``StorageError``, ``RunError``, and whatever the experiment throws. What it had
  ///   saved in checkpoints is kept, and the next call goes on from there.
  public func outcome<E: Experiment>(of experiment: E) async throws -> E.Outcome {
    let key = try RunKey(of: experiment)
    guard !ancestors.contains(key) else { throw RunError.circular(ancestors + [key]) }
    nested?.insert(key)
    // Most often it is there, and reading needs no claim; what is wrong with it is found with one.
    if case .intact(let content) = try SealedFile.state(of: outcomeFile(of: key)),
      let outcome = try? decode(E.Outcome.self, content, key)
    {
      return outcome
    }
    let claim = try await claim(on: key)
    defer { claim.release() }
    if let outcome = try storedOutcome(of: E.self, key) { return outcome }
    return try await run(experiment, key)
  }

  /// How many runs this store, or one made of it, has computed rather than read.
  package var computedCount: Int { computed.value }

  /// Whether the outcome of a run is stored and undamaged.
  public func contains(_ key: RunKey) -> Bool {
    // Whoever asks for it hears why it cannot be read.
    if case .intact? = try? SealedFile.state(of: outcomeFile(of: key)) { true } else { false }
  }

  /// The folder of a run.
  public func folder(of key: RunKey) -> URL { folder.appending(path: key.description) }

  /// The checkpoint that an experiment has left after an epoch.
  ///
  /// If need be the experiment is run, from its last checkpoint up to this epoch and no further: a
  /// run need not be finished for its first epochs to be read. A damaged checkpoint is made again
  /// from the last one before it.
  public func checkpoint(
    of experiment: some Experiment, afterEpoch epoch: Int
  ) async throws -> Checkpoint {
    let key = try RunKey(of: experiment)
    guard !ancestors.contains(key) else { throw RunError.circular(ancestors + [key]) }
    nested?.insert(key)
    if let checkpoint = try checkpoints(of: key).loadIfIntact(epoch: epoch) { return checkpoint }
    if contains(key) {
      try await forget(key, since: epoch)
      _ = try await outcome(of: experiment)
      return try checkpoints(of: key).load(epoch: epoch)
    }
    let claim = try await claim(on: key)
    defer { claim.release() }
    let checkpoints = checkpoints(of: key)
    if let checkpoint = try checkpoints.loadIfIntact(epoch: epoch) { return checkpoint }
    if hasCheckpoint(of: key, afterEpoch: epoch) { warnOfDamage(key, epoch) }
    try checkpoints.removeAll(since: epoch)
    do {
      _ = try await run(experiment, key, upTo: epoch)
    } catch is StoppedRun {}
    return try checkpoints.load(epoch: epoch)
  }

  /// Whether a run has a checkpoint, of an epoch or any; its content is not looked at.
  public func hasCheckpoint(of key: RunKey, afterEpoch epoch: Int? = nil) -> Bool {
    // Whoever runs the experiment, or loads the checkpoint, hears why a folder cannot be read.
    let epochs = (try? checkpoints(of: key).epochs) ?? []
    return epoch.map(epochs.contains) ?? !epochs.isEmpty
  }

  /// Forgets a run and its checkpoints, waiting for whoever is running it.
  public func discard(_ key: RunKey) async throws {
    guard try folder(of: key).isThere() else { return }
    let claim = try await claim(on: key)
    defer { claim.release() }
    // The outcome goes first: without it, what remains is at worst an unfinished run.
    try remove(outcomeFile(of: key))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder(of: key).path)
    where name != Self.claimName {
      try remove(folder(of: key).appending(path: name))
    }
  }

  /// The folders that runs and their costs are written into.
  package func folders() throws -> [URL] {
    [folder, costFolder] + (try keys().map(folder(of:)))
  }

  /// The names of all runs that have a folder, finished or not.
  ///
  /// - Throws: ``StorageError`` if the store cannot be read; one that is not there yet has none.
  public func keys() throws -> [RunKey] {
    try folder.namesInFolder().compactMap(RunKey.init).sorted()
  }
}

extension RunStore {
  static let claimName = "claim"
  static let environmentName = "environment.json"
  static let failureName = "failure.txt"

  private var costFolder: URL { folder.appending(path: "costs") }

  func costFile(of key: RunKey) -> URL { costFolder.appending(path: "\(key).json") }

  private func outcomeFile(of key: RunKey) -> URL {
    folder(of: key).appending(path: "outcome.json")
  }

  func checkpoints(of key: RunKey) -> Checkpoints {
    Checkpoints(folder: folder(of: key).appending(path: "checkpoints"), warn: progress.warn)
  }

  private func claim(on key: RunKey) async throws -> RunLock {
    try AtomicFile.makeFolder(folder(of: key))
    return try await RunLock.acquire(folder(of: key).appending(path: Self.claimName)) {
      progress.note("waiting for \(key), which is being run elsewhere")
    }
  }

  /// Makes a finished run an unfinished one that resumes before the given epoch.
  private func forget(_ key: RunKey, since epoch: Int) async throws {
    let claim = try await claim(on: key)
    defer { claim.release() }
    let checkpoints = checkpoints(of: key)
    // Somebody else may have made it again meanwhile.
    guard try checkpoints.loadIfIntact(epoch: epoch) == nil else { return }
    warnOfDamage(key, epoch)
    try checkpoints.removeAll(since: epoch)
    try remove(outcomeFile(of: key))
  }

  private func warnOfDamage(_ key: RunKey, _ epoch: Int) {
    progress.warn(
      "\(key) has no intact checkpoint of epoch \(epoch) any more; it is computed again")
  }

  /// The stored outcome.
  ///
  /// A damaged one is moved out of the way; the claim must be held.
  private func storedOutcome<E: Experiment>(
    of type: E.Type, _ key: RunKey
  ) throws -> E.Outcome? {
    let file = outcomeFile(of: key)
    let damage: String
    switch try SealedFile.state(of: file) {
    case .absent: return nil
    case .intact(let content):
      do { return try decode(E.Outcome.self, content, key) } catch { damage = "\(error)" }
    case .damaged(let reason): damage = reason
    }
    let aside = try AtomicFile.moveAside(file)
    progress.warn("\(file.path): \(damage); moved to \(aside), computed again")
    return nil
  }

  /// Runs an experiment to its end, or throws ``StoppedRun`` after an epoch; keeps what it failed of.
  private func run<E: Experiment>(
    _ experiment: E, _ key: RunKey, upTo epoch: Int? = nil
  ) async throws -> E.Outcome {
    let failure = folder(of: key).appending(path: Self.failureName)
    try remove(failure)
    do {
      return try await compute(experiment, key, upTo: epoch)
    } catch let error where !(error is StoppedRun || error is CancellationError) {
      // Whoever waits for the run hears of the error itself.
      try? AtomicFile.write(Data("\(error)\n".utf8), to: failure)
      throw error
    }
  }

  private func compute<E: Experiment>(
    _ experiment: E, _ key: RunKey, upTo epoch: Int?
  ) async throws -> E.Outcome {
    AtomicFile.removeLeftovers(in: folder(of: key))
    try checkpoints(of: key).removeLeftovers()
    try describe(try RunKey.description(of: experiment), key)
    try noteEnvironment(key)
    let isResumed = try !checkpoints(of: key).epochs.isEmpty
    let nested = NestedRuns()
    var inner = self
    inner.ancestors.append(key)
    inner.nested = nested
    let context = RunContext(
      key: key, folder: folder(of: key), checkpoints: checkpoints(of: key), runs: inner,
      lastEpoch: epoch)
    let (finished, seconds) = try await ProcessorMeter.measure { () -> E.Outcome? in
      do { return try await experiment.run(context) } catch is StoppedRun { return nil }
    }
    let cost = RunCost(
      processorSeconds: seconds, workers: workers, peakBytes: RunCost.peakBytesSoFar,
      isResumed: isResumed || finished == nil, runs: nested.sorted)
    try note(cost, key)
    guard let outcome = finished else { throw StoppedRun() }
    let content = try CanonicalJSON.encode(StoredOutcome(key: key, outcome: outcome))
    try SealedFile.write(content, to: outcomeFile(of: key))
    computed.increment()
    // Read back, so that the first caller gets the same as all later ones.
    return try decode(E.Outcome.self, content, key)
  }

  private func describe(_ description: Data, _ key: RunKey) throws {
    let file = folder(of: key).appending(path: "description.json")
    switch try SealedFile.state(of: file) {
    case .intact(description): return
    case .intact: throw RunError.collision(key)
    case .absent, .damaged: try SealedFile.write(description, to: file)
    }
  }

  /// Keeps what a run took outside of its folder, whose bytes are the same on every machine.
  private func note(_ cost: RunCost, _ key: RunKey) throws {
    try AtomicFile.makeFolder(costFile(of: key).deletingLastPathComponent())
    try SealedFile.write(try CanonicalJSON.encode(cost), to: costFile(of: key))
  }

  /// Adds the environment to those that the run was worked on in before.
  private func noteEnvironment(_ key: RunKey) throws {
    guard !environment.isEmpty else { return }
    let known = try stored(key).environments
    guard known.last != environment else { return }
    try SealedFile.write(
      try CanonicalJSON.encode(known + [environment]),
      to: folder(of: key).appending(path: Self.environmentName))
  }

  private func decode<Outcome: Decodable>(
    _ type: Outcome.Type, _ content: Data, _ key: RunKey
  ) throws -> Outcome {
    let stored: StoredOutcome<Outcome>
    do {
      stored = try CanonicalJSON.decode(StoredOutcome<Outcome>.self, from: content)
    } catch {
      throw RunError.unreadableOutcome(key)
    }
    guard stored.key == key else { throw RunError.foreignOutcome(key, stored.key) }
    return stored.outcome
  }

  private func remove(_ file: URL) throws(StorageError) {
    guard try file.isThere() else { return }
    do {
      try FileManager.default.removeItem(at: file)
    } catch {
      throw StorageError("delete", file.path, code: errno)
    }
  }
}

/// The outcome with the name of its run, so that one copied into another run's folder is noticed.
private struct StoredOutcome<Outcome> {
  var key: RunKey
  var outcome: Outcome
}

extension StoredOutcome: Encodable where Outcome: Encodable {}
extension StoredOutcome: Decodable where Outcome: Decodable {}
