import Foundation

/// A kernel for resizing: its shape, and how far it reaches at the scale of one.
package enum ResamplingFilter: Sendable, CaseIterable {
  /// The mean over the area that a new pixel covers.
  case area
  /// sinc(x)·sinc(x/3) on (−3, 3): sharp, may overshoot.
  case lanczos

  var support: Double {
    switch self {
    case .area: 0.5
    case .lanczos: 3
    }
  }

  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .area: x > -0.5 && x <= 0.5 ? 1 : 0
    case .lanczos: x >= -3 && x < 3 ? Self.sinc(x) * Self.sinc(x / 3) : 0
    }
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

/// The weights with which the pixels of a row contribute to each pixel of the resized row.
struct ResamplingWeights {
  /// First source pixel and fixed-point weights, per target pixel.
  var windows: [(start: Int, weights: [Int32])]

  static let precision: Int32 = 22

  /// Weights that widen the kernel when the row shrinks (antialiasing).
  ///
  /// The rounding of centres and weights is that of Pillow's `Resample.c`, so that results agree
  /// with it in every bit.
  init(from source: Int, to target: Int, filter: ResamplingFilter) {
    let scale = Double(source) / Double(target)
    let stretch = max(scale, 1)
    let support = filter.support * stretch
    windows = (0..<target).map { index in
      let centre = (Double(index) + 0.5) * scale
      let start = max(Int(centre - support + 0.5), 0)
      let end = min(Int(centre + support + 0.5), source)
      let weights = (start..<end).map { filter((Double($0) - centre + 0.5) * (1 / stretch)) }
      let sum = weights.reduce(0, +)
      let unit = Double(Int32(1) << Self.precision)
      return (
        start,
        weights.map { weight in
          let exact = (sum == 0 ? weight : weight / sum) * unit
          return Int32(exact + (exact < 0 ? -0.5 : 0.5))
        }
      )
    }
  }
}
