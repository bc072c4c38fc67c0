import CommonSetup
import DataSets
import Guiroy2019Setup
import Measurements
import Plotting
import Reproduction

/// Figure 7: where the gradients of different episodes point the same way, accuracy is high.
@main
struct Fig7GradientCoherence: CoherenceFigure {
  static let identity = FigureIdentity(
    "fig7-gradient-coherence", of: "Guiroy2019",
    title: "Coherence of meta-test gradients and target accuracy",
    summary: "The mean inner product between the support gradients of two meta-test episodes, and "
      + "the accuracy after one step along them, by epoch, in single runs.",
    dataSets: [ImageSet.omniglot, .miniImageNet].map(\.name), presets: Preset.names)

  static var departures: [String] {
    imageDepartures + ["Which of the settings of Figure 12 the paper shows is not said: here two."]
  }

  static let sets = [ImageSet.miniImageNet, .omniglot]
  static let panels = Panels.listed(
    [.init(.miniImageNet, 5, 1, .second), .init(.omniglot, 20, 1, .second)], steps: 1)
  static let measure = Coherence.ofGradients
  static let showsSingleRuns = true

  static let claim = (
    name: "gradient-coherence-tracks-accuracy",
    words: "We observe that coherence between meta-test gradients is correlated to generalization",
    location: "Section 5.3, Figure 7"
  )
}
