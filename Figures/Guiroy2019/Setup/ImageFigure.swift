import CommonSetup
import Experiments
import Reproduction

/// A figure of the paper on images: its seeds are those of the table of presets.
package protocol ImageFigure: ComputedFigure {}

extension ImageFigure {
  package static func seedCount(within budget: Budget) -> Int { Preset.budgets[budget].seeds }

  package static func seedCount(ofPreset preset: String) -> Int? {
    Preset.named(preset, within: .standard).seeds
  }
}
