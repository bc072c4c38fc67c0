import Episodes
import MetaLearners
import Reproduction

/// The paper's image experiments under a user's options: settings on data, and the data's digests.
public struct ImageExperiments: Sendable {
  /// The settings, first order before second.
  public private(set) var settings: [Setting] = []
  /// The digests of the classes to learn from and to judge with, by the data's name in captions.
  public private(set) var digests: [String: String] = [:]

  /// The experiments on some data sets.
  ///
  /// - Parameters:
  ///   - data: The data sets.
  ///   - options: The user's options.
  ///   - isOneForm: Whether only a preset's first form of episodes is wanted, not all.
  /// - Throws: What is wrong with the data or the options, and what to do.
  public init(on data: [ImageData], _ options: FigureOptions, isOneForm: Bool = false) throws {
    let preset = Preset.named(options.preset, within: options.budget)
    for data in data {
      let own = preset.settings(for: data)
      let images = try data.load(options, side: own.side, split: preset.split)
      digests[
        "\(images.name) \(own.side)×\(own.side)"
          + (data.isStandIn ? ", stand-in for \(data.set.title)" : "")] =
        "\(images.train.digest) \(images.test.digest)"
      for form in isOneForm ? Array(own.forms.prefix(1)) : own.forms {
        for order in [Order.first, .second] {
          settings.append(try Setting(data, images, form, order, own))
        }
      }
    }
  }
}
