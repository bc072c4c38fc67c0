import CommonSetup
import DataSets
import Guiroy2019Setup
import Measurements
import Plotting
import Reproduction

/// Figure 11: as Figure 5, in the settings of the appendix.
@main
struct Fig11CoherenceFull: CoherenceFigure {
  static let identity = FigureIdentity(
    "fig11-coherence-full", of: "Guiroy2019",
    title: "Coherence of adaptation trajectories in all settings",
    summary: "The mean cosine between the directions in which MAML adapts to meta-test episodes, "
      + "and the accuracy that it reaches, by epoch, in four settings.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)

  static let sets = [ImageSet.miniImageNet, .omniglot]
  static let panels = Panels.listed([
    .init(.miniImageNet, 5, 1, .first), .init(.miniImageNet, 5, 1, .second),
    .init(.omniglot, 5, 5, .second), .init(.omniglot, 20, 5, .second),
  ])
  static let measure = Coherence.ofDirections

  static let claim = (
    name: "coherence-tracks-accuracy",
    words:
      "We then performed the analysis on the other settings, with the same observations (see Figure "
      + "5b and Figure 11 in Appendix B.2 for full set of experiments).",
    location: "Section 5.2, Figure 11"
  )
}
