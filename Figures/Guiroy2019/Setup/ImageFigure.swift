import CommonSetup
import Experiments
import Reproduction

/// A figure of the paper on images: its options mean the same as those of the others.
public protocol ImageFigure: ComputedFigure {
  /// The experiments that it shows under some options.
  func experiments(_ options: FigureOptions) throws -> ImageExperiments
  /// What is measured in one setting with one seed, as a run.
  func measurement(of setting: Setting, seed: UInt64) throws -> PlannedRun
}

extension ImageFigure {
  /// The folder of Guiroy et al.
  public static var paper: String { "Guiroy2019" }
  /// The rows of the table of presets that are no budgets.
  public static var presets: [String] { Preset.names }
  /// As the table of presets says.
  public static func seedCount(within budget: Budget) -> Int {
    Preset.named(nil, within: budget).seeds
  }
  /// As the table of presets says.
  public static func seedCount(ofPreset preset: String) -> Int? {
    Preset.named(preset, within: .standard).seeds
  }

  /// The digests of the experiments' data.
  public func dataDigests(for options: FigureOptions) throws -> [String: String] {
    try experiments(options).digests
  }

  /// For every setting and seed the meta-training and what is measured on it.
  public func runs(for options: FigureOptions) throws -> [PlannedRun] {
    try experiments(options).settings.flatMap { setting in
      try options.seeds.flatMap { seed in
        [
          try PlannedRun(setting.training(seed: seed)),
          try measurement(of: setting, seed: seed),
        ]
      }
    }
  }
}
