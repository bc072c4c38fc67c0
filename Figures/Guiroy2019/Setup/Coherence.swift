import Measurements
import Statistics

/// What adaptations to different episodes have in common, and how it is compared with accuracy.
package struct Coherence: Sendable {
  /// What is compared: `coherence`.
  package let name: String
  /// The label of its axis.
  package let axis: String
  /// What captions say of it.
  package let definition: String
  package let value: KeyPath<TrajectorySummary, Double> & Sendable
  /// The correlation that decides; the others accompany.
  package let correlation: Correlation

  /// The mean cosine between the directions of adaptation (equation 5).
  package static let ofDirections = Coherence(
    name: "coherence", axis: "coherence  E[u_i^⊤ u_j]",
    definition: "Coherence: the mean cosine between the directions u from the meta-train solution "
      + "to the solutions of two episodes.", value: \.coherence, correlation: .pearson)

  /// The mean inner product between gradients at the start (equation 6), which spans decades: ranks
  /// decide.
  package static let ofGradients = Coherence(
    name: "gradient coherence", axis: "E[g_i^⊤ g_j]",
    definition: "Gradient coherence: the mean inner product between the support gradients g of two "
      + "episodes at the meta-train solution; one inner step in training and test.",
    value: \.gradientCoherence, correlation: .spearman)

  /// Its curve of every seed.
  func curves(of found: PerSeed<[TrajectorySummary]>) -> PerSeed<[Double]> {
    found.curves { $0[keyPath: value] }
  }
}
