import DataSets
import Experiments
import Guiroy2019Setup
import MetaLearners

/// An algorithm in a setting: MAML of an order, or the finetuning baseline.
struct Arm: Codable, Hashable, Sendable {
  /// What adapts; its order means nothing for the baseline.
  var setting: Setting
  /// Whether the start comes from ordinary training.
  var isBaseline = false

  /// `finetuning`, `MAML, first order`.
  var algorithm: String { isBaseline ? "finetuning" : "MAML, \(setting.order.title)" }
  /// For names of metrics.
  var key: String { isBaseline ? "finetuning-\(setting.form.shots)-shot" : setting.key }

  static let sets = [ImageSet.miniImageNet]
  static let forms = [1, 5].map { ImageSettings.Form(5, $0) }

  /// Both orders in every form; at standard without second order at five shots, whose training
  /// takes half of the time of all others.
  static func panels(_ budget: Budget) -> Panels {
    Panels.listed(
      forms.flatMap { form in
        [Order.first, .second]
          .filter { budget != .standard || form.shots == 1 || $0 == .first }
          .map { .init(.miniImageNet, form.ways, form.shots, $0) }
      })
  }

  /// The settings, with a baseline for each form.
  static func all(_ settings: [Setting]) -> [Arm] {
    settings.map { Arm(setting: $0) }
      + settings.filter { $0.order == .first }.map { Arm(setting: $0, isBaseline: true) }
  }
}
