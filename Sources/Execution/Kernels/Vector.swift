/// Sixteen numbers at a time: two AVX registers, or four of NEON.
typealias Lanes = SIMD16<Float>

extension UnsafePointer<Float> {
  @inline(__always) func lanes(_ index: Int) -> Lanes {
    UnsafeRawPointer(self + index).loadUnaligned(as: Lanes.self)
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always) func lanes(_ index: Int) -> Lanes {
    UnsafeRawPointer(self + index).loadUnaligned(as: Lanes.self)
  }

  @inline(__always) func store(_ lanes: Lanes, _ index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: lanes, as: Lanes.self)
  }
}

extension Lanes {
  /// The first `count` numbers, then zeros.
  @inline(__always) init(_ pointer: UnsafePointer<Float>, count: Int) {
    self = .zero
    for i in 0..<count { self[i] = pointer[i] }
  }
}
