import Statistics

extension Interval {
  /// The ends as error bars show them: an end that nothing bounds is drawn at the estimate, and
  /// what a logarithmic axis cannot show at a tenth of it.
  package var shown: ClosedRange<Double> {
    let low = lower.isFinite ? max(lower, estimate / 10) : estimate
    return min(low, estimate)...(upper.isFinite ? upper : estimate)
  }
}
