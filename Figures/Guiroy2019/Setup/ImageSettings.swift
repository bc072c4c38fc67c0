import Episodes
import Networks

/// How one kind of images is learned and measured: a cell of the table of presets.
public struct ImageSettings: Sendable {
  /// The classes of an episode and the support images of each.
  public struct Form: Hashable, Sendable {
    /// The number of classes.
    public var ways: Int
    /// The number of support images of each.
    public var shots: Int

    init(_ ways: Int, _ shots: Int) { (self.ways, self.shots) = (ways, shots) }
  }

  /// The details of Conv-4 in which codes differ.
  public enum Network: Sendable {
    /// No bias, ε = 10⁻⁵, scale and shift adapted like all weights, head on all features.
    case plain
    /// As in the code of Finn et al., which the paper follows: a bias, ε = 10⁻³, a shift without
    /// scale that the inner loop leaves alone; for characters the head sees the mean over places.
    case finn
  }

  /// The forms of episodes, the one of Figure 5 first.
  var forms: [Form]
  /// The side of the images.
  var side: Int
  /// The details of the network.
  var network = Network.plain
  /// The filters of each of its blocks.
  var filters: Int
  /// How blocks make images smaller.
  var downsampling: Downsampling
  /// The inner rate, on the mean loss; the paper does not say whether its loss is mean or sum.
  var rate: Double
  /// The inner steps, in meta-training and meta-test alike.
  var steps: Int
  /// The query images of each class, in meta-training and meta-test alike.
  var queries: Int
  /// The episodes of a meta-iteration with one shot; with five it is half of it.
  var batch: Int
  /// The rate of Adam.
  var outerRate = 1e-3
  /// The meta-iterations of an epoch.
  var iterations: Int
  /// The epochs, after each of which everything is measured.
  var epochs: Int
  /// The episodes for coherence and accuracy.
  var trajectories: Int
  /// The episodes for curvature, the same ones after every epoch.
  var curvatures: Int
}

/// How much of the paper's protocol is computed: a row of the table of presets.
public struct Preset: Sendable {
  /// The number of runs of every setting.
  public var seeds: Int
  /// How Omniglot is divided; else as in the code of MAML, or as the small archives suggest.
  var split: Omniglot.Split?
  /// What is done with Omniglot or its stand-in.
  var characters: ImageSettings
  /// What is done with mini-ImageNet or its stand-in.
  var photographs: ImageSettings

  func settings(for data: ImageData) -> ImageSettings {
    data.set == .omniglot ? characters : photographs
  }
}
