import CommonSetup
import DataSets
import Guiroy2019Setup
import Measurements
import Plotting
import Reproduction

/// Figure 12: as Figure 7, in the settings of the appendix.
@main
struct Fig12GradientCoherenceFull: CoherenceFigure {
  static let identity = FigureIdentity(
    "fig12-gradient-coherence-full", of: "Guiroy2019",
    title: "Coherence of meta-test gradients in all settings",
    summary: "The mean inner product between the support gradients of two meta-test episodes, and "
      + "the accuracy after one step along them, by epoch, in six settings.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)

  static let sets = [ImageSet.miniImageNet, .omniglot]
  static let panels = Panels.listed(
    [
      .init(.miniImageNet, 5, 5, .first), .init(.miniImageNet, 5, 5, .second),
      .init(.miniImageNet, 5, 1, .first), .init(.miniImageNet, 5, 1, .second),
      .init(.omniglot, 20, 1, .second), .init(.omniglot, 20, 5, .second),
    ], steps: 1)
  static let measure = Coherence.ofGradients
  static let showsSingleRuns = true

  static let claim = (
    name: "gradient-coherence-tracks-accuracy",
    words: "This metric consistently correlates with generalization across the different settings.",
    location: "Section 5.3, Figure 12"
  )
}
