/// Holm's adjusted p values, in the order of the given ones.
///
/// The k-th smallest of m is multiplied by m − k + 1, made non-decreasing and cut at one. Rejecting
/// what is below α keeps the chance of any false rejection below α, whatever the dependence.
///
/// - Reference: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
///   Journal of Statistics 6, 1979.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var largest = 0.0
  for (rank, index) in order.enumerated() {
    largest = max(largest, min(1, Double(order.count - rank) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}
