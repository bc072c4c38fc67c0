import Execution

/// One computation of the papers, ready to be repeated.
///
/// One iteration is what the papers repeat: a full meta-iteration with its update (W1–W5b), the
/// products of one spectral norm (W6), a training step (W7), the inner products of many episodes'
/// gradients (W8). The definitions of these are those of the peers in `Tests/Peers/workloads.py`. W9 is
/// the meta-iteration of TURTLE on images, W9m that of MAML beside it; they have no peers.
struct Workload {
  var name: String
  var summary: String
  /// The least arithmetic of convolutions and linear layers, for one iteration.
  var floatingPointOperations: Double
  /// Makes workers, and hands the body what does one iteration.
  var run:
    (_ threads: Int, _ body: (() async throws -> Void) async throws -> Void) async throws -> Void
  /// The table of where one program's time goes.
  var profile: () -> String

  static let names = ["W1", "W2", "W3", "W4", "W4f", "W5", "W5b", "W6", "W7", "W8", "W9", "W9m"]

  /// `memory`: what the arenas of meta-training may take.
  static func named(
    _ name: String, steps: Int = 5, within memory: Plan.Memory = .unlimited
  ) -> Workload {
    switch name {
    case "W1":
      metaTraining(
        name, "Omniglot 5-way 1-shot, second order, 16 episodes", .omniglot(ways: 5), steps: steps,
        within: memory)
    case "W2":
      metaTraining(
        name, "Omniglot 20-way 1-shot, second order, 16 episodes", .omniglot(ways: 20), support: 20,
        query: 20, steps: steps, within: memory)
    case "W3":
      metaTraining(
        name, "Omniglot 5-way 5-shot, second order, 8 episodes", .omniglot(ways: 5), support: 25,
        query: 25, episodes: 8, steps: steps, within: memory)
    case "W4":
      metaTraining(
        name, "mini-ImageNet 5-way 1-shot, second order, 4 episodes", .miniImageNet(ways: 5),
        query: 75, episodes: 4, rate: 0.01, steps: steps, within: memory)
    case "W4f":
      metaTraining(
        name, "mini-ImageNet 5-way 1-shot, first order, 4 episodes", .miniImageNet(ways: 5),
        query: 75, episodes: 4, rate: 0.01, steps: steps, order: .first, within: memory)
    case "W5": sine(name, "sine regression, 1 step, second order, 25 episodes", steps: 1)
    case "W5b": sine(name, "sine regression, 5 steps, second order, 25 episodes", steps: 5)
    case "W6": curvature(name)
    case "W7": training(name)
    case "W8": gradients(name)
    case "W9": turtle(name, "TURTLE, mini-ImageNet 5-way 1-shot, second order, 2 episodes")
    default: unpadded(name, "MAML on the same network and episodes as W9")
    }
  }
}
