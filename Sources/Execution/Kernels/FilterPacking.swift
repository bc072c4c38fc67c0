import Tensors
import Vectors

/// Lays a filter out for gradients with respect to images; done once for all that use it.
struct FilterPacking {
  var taps: Int
  var channels: Int
  var outChannels: Int
  /// Whether it is turned around, w′[k, l, o, i] = w[K − 1 − k, L − 1 − l, i, o], or transposed.
  ///
  /// At stride one the gradient is a convolution with the former; else the latter, w′[o, (k, l, i)],
  /// is multiplied with.
  var turnsAround: Bool
  /// Parts of the channels that lie one behind the other in a transposed filter.
  var parts: Int
  var filter: Int
  var result: Int

  /// `isShared`: whether several workers share the gradient.
  init(_ geometry: ConvolutionGeometry, isShared: Bool, filter: Int, result: Int) {
    taps = geometry.filterHeight * geometry.filterWidth
    (channels, outChannels) = (geometry.channels, geometry.outChannels)
    turnsAround = geometry.turnsFilter
    parts = isShared && geometry.method != .taps ? geometry.channelParts : 1
    (self.filter, self.result) = (filter, result)
  }

  func run(_ values: UnsafeMutablePointer<Float>, _ tap: Int) {
    let size = channels * outChannels
    if turnsAround {
      Self.transpose(
        values + (filter + (taps - 1 - tap) * size), rows: channels, columns: outChannels,
        into: values + (result + tap * size), pitch: channels)
    } else {
      let depth = channels / parts
      for part in 0..<parts {
        Self.transpose(
          values + (filter + tap * size + part * depth * outChannels), rows: depth,
          columns: outChannels,
          into: values + (result + part * taps * depth * outChannels + tap * depth),
          pitch: taps * depth)
      }
    }
  }

  /// In squares of eight, so that the lines of both matrices stay in the cache.
  private static func transpose(
    _ a: UnsafePointer<Float>, rows: Int, columns: Int, into b: UnsafeMutablePointer<Float>,
    pitch: Int
  ) {
    for top in stride(from: 0, to: rows, by: 8) {
      for left in stride(from: 0, to: columns, by: 8) {
        if top + 8 <= rows && left + 8 <= columns {
          transposeSquare(
            a + (top * columns + left), columns, into: b + (left * pitch + top), pitch)
          continue
        }
        for column in left..<min(left + 8, columns) {
          for row in top..<min(top + 8, rows) {
            b[column &* pitch &+ row] = a[row &* columns &+ column]
          }
        }
      }
    }
  }

  /// Eight rows of eight, in registers.
  ///
  /// Putting elements with even numbers before those with odd ones moves the last bit of an
  /// element's number to the front; three times that exchanges the bits of column and row.
  @inline(__always)
  private static func transposeSquare(
    _ a: UnsafePointer<Float>, _ columns: Int, into b: UnsafeMutablePointer<Float>, _ pitch: Int
  ) {
    func row(_ index: Int) -> SIMD8<Float> {
      UnsafeRawPointer(a + index &* columns).loadUnaligned(as: SIMD8<Float>.self)
    }
    var v0 = Lanes(lowHalf: row(0), highHalf: row(1))
    var v1 = Lanes(lowHalf: row(2), highHalf: row(3))
    var v2 = Lanes(lowHalf: row(4), highHalf: row(5))
    var v3 = Lanes(lowHalf: row(6), highHalf: row(7))
    for _ in 0..<3 {
      let (e0, e1) = (v0.evenHalf, v1.evenHalf)
      let (e2, e3) = (v2.evenHalf, v3.evenHalf)
      let (o0, o1) = (v0.oddHalf, v1.oddHalf)
      let (o2, o3) = (v2.oddHalf, v3.oddHalf)
      v0 = Lanes(lowHalf: e0, highHalf: e1)
      v1 = Lanes(lowHalf: e2, highHalf: e3)
      v2 = Lanes(lowHalf: o0, highHalf: o1)
      v3 = Lanes(lowHalf: o2, highHalf: o3)
    }
    func store(_ lanes: SIMD8<Float>, _ index: Int) {
      UnsafeMutableRawPointer(b + index &* pitch).storeBytes(of: lanes, as: SIMD8<Float>.self)
    }
    store(v0.lowHalf, 0)
    store(v0.highHalf, 1)
    store(v1.lowHalf, 2)
    store(v1.highHalf, 3)
    store(v2.lowHalf, 4)
    store(v2.highHalf, 5)
    store(v3.lowHalf, 6)
    store(v3.highHalf, 7)
  }
}
