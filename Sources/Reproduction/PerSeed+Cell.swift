import Plotting
import Statistics

extension PerSeed<Double> {
  /// A cell of a table: the mean with its 95 % interval, and the paper's value.
  public func cell(times factor: Double = 1, paper: Double?) -> Table.Cell {
    let interval = interval()
    return .value(
      factor * interval.estimate,
      interval.isBounded ? factor * interval.lower...factor * interval.upper : nil, paper: paper)
  }
}
