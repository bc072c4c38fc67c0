import Foundation
import Tensors
import TestSupport
import Testing

@testable import Execution

@Suite("OpenBLAS's kernels")
struct KernelSetTests {
  @Test func featuresChooseTheSet() {
    let wide: Set = ["avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl"]
    #expect(KernelSet.best(among: wide) == "SkylakeX")
    #expect(KernelSet.best(among: ["avx2", "fma", "avx512f"]) == "Haswell")
    #expect(KernelSet.best(among: ["sse2"]) == nil)
  }

  /// Exchanged while others compute, they would crash them.
  @Test func theBestAreChosenOnceBeforeAnythingIsComputed() async {
    await #expect(processExitsWith: .success) {
      let features = KernelSet.processorFeatures()
      guard features.contains("avx2") else { return }
      unsetenv("OPENBLAS_CORETYPE")
      precondition(KernelSet.use("Prescott"))
      _ = Arena(values: 1, scratch: 1, workers: 1)
      precondition(KernelSet.isBestInForce, "\(KernelSet.current.name) are in force")
      precondition(KernelSet.use("Prescott"))
      precondition(KernelSet.chosen.name != "Prescott" && KernelSet.current.name == "Prescott")
    }
  }

  /// In a process of its own: no other test may compute while kernels are exchanged.
  @Test func setsCanBeExchangedWhileRunning() async {
    await #expect(processExitsWith: .success) {
      let best = KernelSet.chosen
      let features = KernelSet.processorFeatures()
      guard features.contains("avx2") else { return }
      var numbers = TestNumbers(seed: 1)
      let (a, b) = (numbers.array([37, 91]), numbers.array([91, 45]))
      let program = Program(like: a, b) { (a: Tensor, b: Tensor) in a.matmul(b) }
      let expected = program(a, b, in: program.makeArena())
      for name in ["Prescott", "Haswell", best.name] {
        precondition(KernelSet.use(name), "the set \(name) is not to be had")
        let got = program(a, b, in: program.makeArena())
        for (x, y) in zip(got.scalars, expected.scalars) {
          precondition(abs(x - y) < 1e-4, "\(name) computes something else")
        }
      }
    }
  }
}
