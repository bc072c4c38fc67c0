/// Sixteen numbers at a time: two AVX registers, or four of NEON.
@usableFromInline package typealias Lanes = SIMD16<Float>

extension UnsafePointer<Float> {
  /// Sixteen numbers from an index on.
  @inlinable @inline(__always) package func lanes(_ index: Int) -> Lanes {
    UnsafeRawPointer(self + index).loadUnaligned(as: Lanes.self)
  }
}

extension UnsafeMutablePointer<Float> {
  /// Sixteen numbers from an index on.
  @inlinable @inline(__always) package func lanes(_ index: Int) -> Lanes {
    UnsafeRawPointer(self + index).loadUnaligned(as: Lanes.self)
  }

  /// Puts sixteen numbers at an index and behind it.
  @inlinable @inline(__always) package func store(_ lanes: Lanes, _ index: Int) {
    UnsafeMutableRawPointer(self + index).storeBytes(of: lanes, as: Lanes.self)
  }
}

extension Lanes {
  /// These numbers, and NaN where the mask holds.
  ///
  /// All bits set are NaN, and a comparison's result is all bits: one instruction, where choosing
  /// between two values takes two or three.
  @inlinable @inline(__always) func nan(where mask: SIMDMask<SIMD16<Int32>>) -> Lanes {
    let bits = SIMD16<Int32>.zero.replacing(with: -1, where: mask)
    return unsafeBitCast(unsafeBitCast(self, to: SIMD16<Int32>.self) | bits, to: Lanes.self)
  }
}

// MARK: Fewer than sixteen

/// Halves, and halves of halves: what is left of a row costs a few steps, not one for each number.
extension Lanes {
  /// The first `count` numbers, then zeros.
  @inlinable @inline(__always) package init(_ pointer: UnsafePointer<Float>, count: Int) {
    if count & 8 == 0 {
      self.init(lowHalf: Self.eight(pointer, count), highHalf: .zero)
    } else {
      self.init(
        lowHalf: UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self),
        highHalf: Self.eight(pointer + 8, count & 7))
    }
  }

  @inlinable @inline(__always) static func eight(
    _ pointer: UnsafePointer<Float>, _ count: Int
  ) -> SIMD8<Float> {
    if count & 4 == 0 {
      SIMD8(lowHalf: four(pointer, count), highHalf: .zero)
    } else {
      SIMD8(
        lowHalf: UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Float>.self),
        highHalf: four(pointer + 4, count & 3))
    }
  }

  @inlinable @inline(__always) static func four(
    _ pointer: UnsafePointer<Float>, _ count: Int
  ) -> SIMD4<Float> {
    switch count {
    case 1: SIMD4(pointer[0], 0, 0, 0)
    case 2: SIMD4(pointer[0], pointer[1], 0, 0)
    case 3: SIMD4(pointer[0], pointer[1], pointer[2], 0)
    default: .zero
    }
  }

  /// Stores the first `count` numbers alone.
  @inlinable @inline(__always) package func store(
    to pointer: UnsafeMutablePointer<Float>, count: Int
  ) {
    var target = UnsafeMutableRawPointer(pointer)
    var eight = lowHalf
    if count & 8 != 0 {
      target.storeBytes(of: eight, as: SIMD8<Float>.self)
      target += MemoryLayout<SIMD8<Float>>.size
      eight = highHalf
    }
    var four = eight.lowHalf
    if count & 4 != 0 {
      target.storeBytes(of: four, as: SIMD4<Float>.self)
      target += MemoryLayout<SIMD4<Float>>.size
      four = eight.highHalf
    }
    for i in 0..<count & 3 {
      target.storeBytes(of: four[i], toByteOffset: i &* 4, as: Float.self)
    }
  }
}
