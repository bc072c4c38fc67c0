/// The noncentral t distribution: what t follows when there is an effect.
///
/// T = (Z + δ) / s with Z standard normal and νs² χ²-distributed with ν degrees of freedom.
struct NoncentralT {
  let degreesOfFreedom: Double
  let noncentrality: Double

  init(degreesOfFreedom: Double, noncentrality: Double) {
    precondition(degreesOfFreedom >= 1, "NoncentralT: \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
    self.noncentrality = noncentrality
  }

  /// The probability of a value up to t, the mean of Φ(ts − δ).
  func cumulative(_ t: Double) -> Double {
    let mean = SampleSpread(degreesOfFreedom: degreesOfFreedom).mean {
      Normal.cumulative(t * $0 - noncentrality)
    }
    return min(max(mean, 0), 1)
  }
}
