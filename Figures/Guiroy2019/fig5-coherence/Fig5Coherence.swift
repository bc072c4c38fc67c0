import CommonSetup
import DataSets
import Guiroy2019Setup
import Measurements
import Plotting
import Reproduction

/// Figure 5: where the adaptations to different episodes go the same way, accuracy is high.
@main
struct Fig5Coherence: CoherenceFigure {
  static let identity = FigureIdentity(
    "fig5-coherence", of: "Guiroy2019",
    title: "Coherence of adaptation trajectories and target accuracy",
    summary: "The mean cosine between the directions in which MAML adapts to meta-test episodes, "
      + "and the accuracy that it reaches, by epoch; (a) first order, (b) second order.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)

  static let sets = [ImageSet.miniImageNet]
  static let panels = Panels.firstForm
  static let measure = Coherence.ofDirections

  static let claim = (
    name: "coherence-tracks-accuracy",
    words: "We clearly observe a correlation between the coherence of adaptation trajectories and "
      + "generalization to new tasks, with higher average inner product between trajectory "
      + "directions, thus smaller angles, being linked to higher average target accuracy on those "
      + "new tasks.",
    location: "Section 5.2, Figure 5"
  )
}
