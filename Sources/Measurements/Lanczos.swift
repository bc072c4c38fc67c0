/// The extreme eigenvalues of a symmetric matrix of which only products with vectors are known.
///
/// Lanczos' method with full reorthogonalisation. From a unit vector q₁ it builds an orthonormal
/// basis of the Krylov space, in which the matrix is tridiagonal:
/// β_j q_{j+1} = A q_j − α_j q_j − β_{j−1} q_{j−1}. The eigenvalues of that small matrix (Ritz
/// values) approach the ends of the spectrum first, on both sides at once. Power iteration, in
/// contrast, stalls where the largest and the smallest eigenvalue are nearly opposite.
///
/// It stops when the largest |Ritz value| has changed by less than the tolerance, relatively, in
/// two successive steps; when the space is exhausted; or at a given number of products.
///
/// - Reference: Golub and Van Loan, "Matrix Computations", 4th edition, section 10.1 and 10.3.
public struct Lanczos: Codable, Hashable, Sendable {
  /// The relative change below which the largest |Ritz value| counts as settled.
  public var tolerance: Double
  /// The largest number of products with the matrix.
  public var maximumProducts: Int

  /// The method with the tolerance 10⁻³ and at most 100 products unless told otherwise.
  public init(tolerance: Double = 1e-3, maximumProducts: Int = 100) {
    precondition(tolerance > 0 && maximumProducts > 0, "tolerance and products are positive")
    self.tolerance = tolerance
    self.maximumProducts = maximumProducts
  }

  /// The ends of a spectrum.
  public struct Extremes: Equatable, Sendable {
    /// The smallest Ritz value.
    public var smallest: Double
    /// The largest Ritz value.
    public var largest: Double
    /// The number of products with the matrix.
    public var products: Int
    /// Whether the tolerance was met.
    public var hasConverged: Bool

    /// max |λ|: the spectral norm, which is what has settled; the other end may be less exact.
    public var norm: Double { max(abs(smallest), abs(largest)) }
  }

  /// The extreme eigenvalues of the matrix that `product` multiplies with.
  ///
  /// The start must not be zero and should be random: what is orthogonal to it stays unseen.
  public func extremes(
    from start: [Double], product: ([Double]) throws -> [Double]
  ) rethrows -> Extremes {
    var basis = [Self.normalised(start, by: Self.norm(start))]
    var diagonal: [Double] = []
    var beside: [Double] = []
    var result = Extremes(smallest: 0, largest: 0, products: 0, hasConverged: false)
    var settled = 0
    while !result.hasConverged, result.products < maximumProducts {
      let current = basis[basis.count - 1]
      var next = try product(current)
      diagonal.append(Self.dot(current, next))
      // Twice is enough: the second pass removes what rounding left in the first.
      for _ in 0..<2 {
        for vector in basis { Self.subtract(vector, times: Self.dot(vector, next), from: &next) }
      }
      let before = result.norm
      let (smallest, largest) = Tridiagonal(diagonal: diagonal, beside: beside).extremes
      (result.smallest, result.largest) = (smallest, largest)
      result.products += 1
      settled = abs(result.norm - before) <= tolerance * result.norm ? settled + 1 : 0
      let rest = Self.norm(next)
      // The Krylov space is exhausted: its Ritz values are eigenvalues.
      let isExhausted = rest <= 1e-7 * result.norm || basis.count == start.count
      result.hasConverged = settled >= 2 || isExhausted
      beside.append(rest)
      if !isExhausted { basis.append(Self.normalised(next, by: rest)) }
    }
    return result
  }

  /// a · b, by eight partial sums, which vectorise; their order is fixed.
  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    precondition(a.count == b.count, "vectors of \(a.count) and \(b.count) elements")
    var sums = SIMD8<Double>.zero
    let whole = a.count & ~7
    for start in stride(from: 0, to: whole, by: 8) { sums += part(a, start) * part(b, start) }
    var sum = sums.sum()
    for index in whole..<a.count { sum += a[index] * b[index] }
    return sum
  }

  @inline(__always)
  private static func part(_ a: [Double], _ i: Int) -> SIMD8<Double> {
    SIMD8(a[i], a[i + 1], a[i + 2], a[i + 3], a[i + 4], a[i + 5], a[i + 6], a[i + 7])
  }

  private static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

  private static func normalised(_ a: [Double], by norm: Double) -> [Double] {
    precondition(norm > 0, "a vector of zeros has no direction")
    return a.map { $0 / norm }
  }

  private static func subtract(_ a: [Double], times factor: Double, from b: inout [Double]) {
    for index in a.indices { b[index] -= factor * a[index] }
  }
}
