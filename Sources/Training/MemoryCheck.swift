import Execution
import Experiments

/// Refuses, before anything is computed, what the memory cannot hold that this process may use.
///
/// - Throws: ``TrainingError/memory(needed:available:workers:)``.
package func checkMemory(_ plans: [Plan], workers: Int) throws(TrainingError) {
  let needed = plans.reduce(0) { $0 + $1.arenas(for: workers) * $1.arenaBytes }
  let available = MachineLimits.current.memory
  if needed > available {
    let arenas = plans.map { $0.arenas(for: workers) }.max() ?? 0
    throw .memory(needed: needed, available: available, workers: arenas)
  }
}

extension Plan.Memory {
  /// Half of the memory that this process may use, for as many workers as it may have.
  ///
  /// Plans that need more compute inner steps again. Images, results and other programs have the rest.
  static var machine: Self {
    Self(bytes: MachineLimits.current.memory / 2, workers: MachineLimits.current.cores)
  }
}
