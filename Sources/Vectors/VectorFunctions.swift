/// Elementary functions on sixteen numbers at a time.
///
/// Each reduces its argument to a short interval and evaluates a polynomial there; the largest error
/// found over the whole range is stated in units in the last place (tested against double precision).
extension SIMD16 where Scalar == Float {
  /// eˣ, within 2 ulp; 0 below −87.3 and ∞ above 88.7.
  @inlinable @inline(__always) package func exponential() -> Self {
    let clamped = self.clamped(
      lowerBound: Self(repeating: -87.4), upperBound: Self(repeating: 88.8))
    let k = (clamped * 1.442_695_04).nearestInteger
    // ln 2 in two parts, so that the reduction is exact to the last bit.
    let r = Self(repeating: 0).addingProduct(k, Self(repeating: -0.693_359_375))
    let x = (clamped + r).addingProduct(k, Self(repeating: 2.121_944_4e-4))
    var p = Self(repeating: 1.987_569_15e-4)
    p = Self(repeating: 1.398_199_95e-3).addingProduct(p, x)
    p = Self(repeating: 8.333_451_9e-3).addingProduct(p, x)
    p = Self(repeating: 4.166_579_6e-2).addingProduct(p, x)
    p = Self(repeating: 1.666_666_55e-1).addingProduct(p, x)
    p = Self(repeating: 0.5).addingProduct(p, x)
    p = (x + 1).addingProduct(p, x * x)
    // 2ᵏ in two factors, since k reaches 128 and −126.
    let whole = k.integers
    let half = whole &>> 1
    let result = p * Self.powerOfTwo(half) * Self.powerOfTwo(whole &- half)
    let finite = result.replacing(with: 0, where: self .< -87.33)
    let all = finite.replacing(with: .infinity, where: self .> 88.722)
    return all.replacing(with: self, where: self .!= self)
  }

  @inlinable @inline(__always) static func powerOfTwo(_ k: SIMD16<Int32>) -> Self {
    unsafeBitCast((k &+ 127) &<< 23, to: Self.self)
  }

  /// 1.5 · 2²³: added to a number below 2²² it leaves the nearest integer in the low bits.
  ///
  /// The library's conversions go one lane at a time through a generic function, which is thirty
  /// times slower than the rest of an exponential.
  @inlinable @inline(__always) static var shifter: Self { Self(repeating: 12_582_912) }

  /// The nearest integers, of two the even one, for |x| < 2²².
  @inlinable @inline(__always) var nearestInteger: Self { (self + Self.shifter) - Self.shifter }

  /// The integers that these numbers are, for |x| < 2²².
  @inlinable @inline(__always) var integers: SIMD16<Int32> {
    unsafeBitCast(self + Self.shifter, to: SIMD16<Int32>.self) &- 0x4b40_0000
  }

  /// These integers as numbers, for |k| < 2²².
  @inlinable @inline(__always) init(exactly k: SIMD16<Int32>) {
    self = unsafeBitCast(k &+ 0x4b40_0000, to: Self.self) - Self.shifter
  }

  /// ln x, within 2 ulp; −∞ at zero, NaN below.
  @inlinable @inline(__always) package func logarithm() -> Self {
    // Numbers below the normal range are scaled into it first.
    let isTiny = self .< 1.175_494_4e-38
    let scaled = self.replacing(with: self * 8_388_608, where: isTiny)
    let bits = unsafeBitCast(scaled, to: SIMD16<Int32>.self)
    // The mantissa between √½ and √2.
    let shifted = bits &- 0x3f35_04f3
    let exponent = shifted &>> 23
    let mantissa = unsafeBitCast(
      (shifted & 0x007f_ffff) &+ 0x3f35_04f3, to: Self.self)
    var k = Self(exactly: exponent)
    k = k.replacing(with: k - 23, where: isTiny)
    let f = mantissa - 1
    let z = f * f
    var p = Self(repeating: 7.037_683_6e-2)
    p = Self(repeating: -1.151_461_0e-1).addingProduct(p, f)
    p = Self(repeating: 1.167_699_9e-1).addingProduct(p, f)
    p = Self(repeating: -1.242_014_1e-1).addingProduct(p, f)
    p = Self(repeating: 1.424_932_3e-1).addingProduct(p, f)
    p = Self(repeating: -1.666_805_8e-1).addingProduct(p, f)
    p = Self(repeating: 2.000_071_5e-1).addingProduct(p, f)
    p = Self(repeating: -2.499_999_4e-1).addingProduct(p, f)
    p = Self(repeating: 3.333_333_1e-1).addingProduct(p, f)
    var y = f * z * p
    y = y.addingProduct(k, Self(repeating: -2.121_944_4e-4))
    y = y.addingProduct(z, Self(repeating: -0.5))
    y = (f + y).addingProduct(k, Self(repeating: 0.693_359_375))
    y = y.replacing(with: -.infinity, where: self .== 0)
    y = y.replacing(with: .infinity, where: self .== .infinity)
    return y.replacing(with: .nan, where: (self .< 0) .| (self .!= self))
  }

  /// tanh x, within 4 ulp.
  @inlinable @inline(__always) package func hyperbolicTangent() -> Self {
    let magnitude = self.replacing(with: -self, where: self .< 0)
    // Near zero a polynomial in x², where 1 − 2/(e²ˣ + 1) would cancel.
    let z = self * self
    var p = Self(repeating: -5.704_988_7e-3)
    p = Self(repeating: 2.063_908_9e-2).addingProduct(p, z)
    p = Self(repeating: -5.373_971_6e-2).addingProduct(p, z)
    p = Self(repeating: 1.333_144_2e-1).addingProduct(p, z)
    p = Self(repeating: -3.333_328_2e-1).addingProduct(p, z)
    let small = self.addingProduct(z * p, self)
    let e = (magnitude + magnitude).exponential()
    let large = 1 - 2 / (e + 1)
    let signed = large.replacing(with: -large, where: self .< 0)
    return signed.replacing(with: small, where: magnitude .< 0.625)
  }

  /// 1/(1 + e⁻ˣ).
  @inlinable @inline(__always) package func logistic() -> Self { 1 / (1 + (-self).exponential()) }

  /// log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|).
  @inlinable @inline(__always) package func softplus() -> Self {
    let magnitude = self.replacing(with: -self, where: self .< 0)
    let e = (-magnitude).exponential()
    let u = 1 + e
    // log(1 + e) = log u · e/(u − 1) corrects the rounding of 1 + e.
    let ratio = (u.logarithm() * e / (u - 1)).replacing(with: e, where: u .== 1)
    return self.replacing(with: 0, where: self .< 0) + ratio
  }

  /// sin x for |x| up to about 10⁴, within 2 ulp of the larger of |sin x| and 2⁻¹².
  @inlinable @inline(__always) package func sine() -> Self { trigonometric(quarter: 0) }

  /// cos x for |x| up to about 10⁴, with the same accuracy.
  @inlinable @inline(__always) package func cosine() -> Self { trigonometric(quarter: 1) }

  @inlinable @inline(__always) func trigonometric(quarter: Int32) -> Self {
    let k = (self * 0.636_619_77).nearestInteger
    // π/2 in three parts.
    var x = self.addingProduct(k, Self(repeating: -1.570_312_5))
    x = x.addingProduct(k, Self(repeating: -4.837_512_97e-4))
    x = x.addingProduct(k, Self(repeating: -7.549_789_95e-8))
    let z = x * x
    var s = Self(repeating: -1.951_529_6e-4)
    s = Self(repeating: 8.332_160_9e-3).addingProduct(s, z)
    s = Self(repeating: -1.666_665_46e-1).addingProduct(s, z)
    s = x.addingProduct(z * s, x)
    var c = Self(repeating: 2.443_315_7e-5)
    c = Self(repeating: -1.388_731_6e-3).addingProduct(c, z)
    c = Self(repeating: 4.166_664_6e-2).addingProduct(c, z)
    c = (1 - 0.5 * z).addingProduct(c, z * z)
    let quadrant = k.integers &+ quarter
    let value = s.replacing(with: c, where: (quadrant & 1) .!= 0)
    return value.replacing(with: -value, where: (quadrant & 2) .!= 0)
  }
}
