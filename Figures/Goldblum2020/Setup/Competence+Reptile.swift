import Claims
import CommonSetup
import Statistics

extension Competence {
  /// Half of what Reptile gains over chance with 49.97 and 65.99 % (Table 6), by the number of shots.
  package static func reptile<Results: Sendable>(
    accuracies: @escaping @Sendable (Results) -> [String: PerSeed<Double>]
  ) -> Gate<Results> {
    gate(
      "Reptile", from: 0.2, to: ["1-shot": 0.4997, "5-shot": 0.6599], accuracies: accuracies)
  }
}
