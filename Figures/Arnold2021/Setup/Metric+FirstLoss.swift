import Claims
import Reproduction
import Statistics

extension Metric {
  /// The loss that a training began with, held tightly.
  ///
  /// At the smoke budget it is that of two to four updates, in which other kernels change only the
  /// last digits. An error of a thousandth in what computes it is seen, as it is not in accuracies.
  init(firstLoss place: String, _ values: PerSeed<Double>) {
    self.init("first-loss-\(place)", values, tolerance: .relative(5e-7))
  }
}
