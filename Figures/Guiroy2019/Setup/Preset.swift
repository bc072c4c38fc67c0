import CommonSetup
import DataSets
import Episodes
import Networks

/// How one kind of images is learned and measured: a cell of the table of presets.
package struct ImageSettings: Sendable {
  /// The classes of an episode and the support images of each.
  package struct Form: Codable, Hashable, Sendable {
    package var ways: Int
    package var shots: Int

    package init(_ ways: Int, _ shots: Int) { (self.ways, self.shots) = (ways, shots) }
  }

  /// The details of Conv-4 in which codes differ.
  package enum Network: Sendable {
    /// No bias, ε = 10⁻⁵, scale and shift adapted like all weights, head on all features.
    case plain
    /// As in the code of Finn et al., which the paper follows: a bias, ε = 10⁻³, a shift without
    /// scale that the inner loop leaves alone; for characters the head sees the mean over places.
    case finn
  }

  /// The forms of episodes, the one of Figure 5 first.
  package var forms: [Form]
  /// Forms of the paper that take too long here, whichever figure shows them.
  package var leftToPaper: [Form] = []
  package var side: Int
  package var network = Network.plain
  /// The filters of each block.
  package var filters: Int
  /// How blocks make images smaller.
  package var downsampling: Downsampling
  /// The inner rate, on the mean loss; the paper does not say whether its loss is mean or sum.
  package var rate: Double
  /// The inner steps, in meta-training and meta-test alike.
  package var steps: Int
  /// The query images of each class, in meta-training and meta-test alike.
  package var queries: Int
  /// The episodes of a meta-iteration with one shot; with five it is half of it.
  package var batch: Int
  /// The rate of Adam.
  package var outerRate = 1e-3
  /// The meta-iterations of an epoch.
  package var iterations: Int
  /// The epochs, after each of which everything is measured.
  package var epochs: Int
  /// The finetuning baseline's images in an update with one shot; with five it is twice as many.
  package var baselineBatch = 64
  /// The finetuning baseline's updates in an epoch with one shot; with five it is half of it.
  package var baselineIterations = 25
  /// How many times fewer trajectories are followed with twenty ways, whose episodes are larger.
  package var twentyWayThinning = 4
  /// The same with five shots and fewer ways.
  package var fiveShotThinning = 1
  /// The episodes for coherence and accuracy.
  package var trajectories: Int
  /// The episodes for curvature, the same ones after every epoch.
  package var curvatures: Int

  /// The episodes for coherence and accuracy of a form.
  func trajectories(_ form: Form) -> Int {
    let thinning =
      form.ways >= 20 ? twentyWayThinning : form.shots >= 5 ? fiveShotThinning : 1
    return trajectories / thinning
  }
}

/// How much of the paper's protocol is computed: a row of the table of presets.
package struct Preset: Sendable {
  /// The number of runs of every setting.
  package var seeds: Int
  /// How Omniglot is divided; else as in the code of MAML, or as the small archives suggest.
  package var split: Omniglot.Split?
  /// What is done with characters: Omniglot or its stand-in.
  package var characters: ImageSettings
  /// What is done with photographs: mini-ImageNet or its stand-in.
  package var photographs: ImageSettings
  /// What Figure 9 does with characters; its accuracies are over `trajectories` episodes.
  package var regularized: ImageSettings

  package func settings(for set: ImageSet) -> ImageSettings {
    set == .omniglot ? characters : photographs
  }
}
