import Tensors

/// The three roles of the convolution, as sums of matrix products over the taps of the filter.
///
/// Images lie folded (`SpaceToDepth`), so that what a tap meets in many places is a matrix as it
/// lies: no window is laid out, and nothing is multiplied with the border's zeros.
struct ShiftedConvolution {
  let role: Convolution.Role
  let geometry: ConvolutionGeometry
  /// The images and the outputs, folded or as they are.
  let images: SpaceToDepth
  let outputs: SpaceToDepth
  /// The filter; transposed, as `FilterPacking` leaves it, for the gradient of the images.
  let filter: Int
  let result: Int
  /// Whether the result is added to what is there.
  let accumulates: Bool
  /// Several workers share the step, which is then cut finer.
  let isShared: Bool
  /// How they share the filter's gradient.
  let sums: SplitKSums

  /// Ranges of the plan's tables.
  let rowTaps: Range<Int>
  let columnTaps: Range<Int>
  let parts: Range<Int>
  /// Numbers that a part computes elsewhere than in its place.
  let scratch: Int

  /// The taps and parts of all convolutions of a plan.
  struct Tables {
    fileprivate(set) var taps: [FilterTaps] = []
    fileprivate(set) var parts: [Part] = []
  }

  /// What is computed in one go.
  struct Part {
    var group = 0
    /// The rows of the images, where those are computed.
    var phase = 0
    /// The taps, where the filter's gradient is computed.
    var taps = (row: 0, column: 0)
    /// Places; or numbers of channels, for the filter's gradient.
    var range: Range<Int>
  }

  init(
    role: Convolution.Role, geometry: ConvolutionGeometry, images: SpaceToDepth,
    outputs: SpaceToDepth, filter: Int, result: Int, accumulates: Bool, isShared: Bool,
    sums: SplitKSums, tables: inout Tables
  ) {
    (self.role, self.geometry, self.images, self.outputs) = (role, geometry, images, outputs)
    (self.filter, self.result) = (filter, result)
    (self.accumulates, self.isShared, self.sums) = (accumulates, isShared, sums)
    let rowTaps = FilterTaps.all(
      geometry.filterHeight, stride: geometry.stride, border: geometry.border, joining: false)
    let columnTaps = FilterTaps.all(
      geometry.filterWidth, stride: geometry.stride, border: geometry.border, joining: true)
    let parts = Self.parts(
      role, geometry, images, outputs, rowTaps.count, columnTaps.map(\.count),
      isShared: isShared, cutsFilter: isShared && sums.count == 1)
    let places = parts.map(\.range.count).max() ?? 0
    scratch =
      switch role {
      case .output: MemoryPlan.aligned(outputs.isIdentity ? 0 : places * geometry.outChannels)
      case .input: MemoryPlan.aligned(places * images.pixel)
      case .filter: 0
      }
    let (tap, part) = (tables.taps.count, tables.parts.count)
    tables.taps += rowTaps + columnTaps
    tables.parts += parts
    self.rowTaps = tap..<tap + rowTaps.count
    self.columnTaps = tap + rowTaps.count..<tables.taps.count
    self.parts = part..<tables.parts.count
  }

  private static func parts(
    _ role: Convolution.Role, _ geometry: ConvolutionGeometry, _ images: SpaceToDepth,
    _ outputs: SpaceToDepth, _ rowTaps: Int, _ columnTaps: [Int], isShared: Bool, cutsFilter: Bool
  ) -> [Part] {
    let size = places(geometry)
    return switch role {
    case .output:
      (0..<outputs.groups).flatMap { group in
        // Images that are multiplied one by one are cut where rows end: there are enough of them.
        outputs.grid(group: group).parts(
          ofAbout: size, evenly: isShared && outputs.groups < 4
        ).map {
          Part(group: group, range: $0)
        }
      }
    case .input:
      (0..<images.groups).flatMap { group in
        (0..<geometry.stride).flatMap { phase in
          images.grid(phase: phase, group: group).parts(ofAbout: size, evenly: isShared).map {
            Part(group: group, phase: phase, range: $0)
          }
        }
      }
    case .filter:
      (0..<rowTaps).flatMap { row in
        columnTaps.indices.flatMap { column in
          let channels = columnTaps[column] * geometry.channels
          return (cutsFilter ? [0..<channels / 2, channels / 2..<channels] : [0..<channels]).map {
            Part(taps: (row, column), range: $0)
          }
        }
      }
    }
  }

  /// Places multiplied at a time: as many as OpenBLAS multiplies without packing them.
  static func places(_ geometry: ConvolutionGeometry) -> Int {
    let deepest = min(geometry.stride, geometry.filterWidth) * geometry.channels
    return min(
      110, max(MatrixProduct.largestUnpacked / (64 * max(deepest, geometry.outChannels)), 8))
  }

  /// Tiles, which may run in any order, by any worker: places, taps, or ranges of the images.
  var tileCount: Int { role == .filter && !cutsFilter ? sums.count : parts.count }

  /// Whether workers have some of the filter each.
  var cutsFilter: Bool { isShared && sums.count == 1 }

  /// Numbers of the outputs that a part ends with, where outputs are computed in their order.
  func reach(_ part: Part) -> Int {
    outputs.offset(group: part.group) + part.range.upperBound * geometry.outChannels
  }

  /// Whether outputs are computed in their order.
  var goesInOrder: Bool { role == .output && outputs.isIdentity }
}
