import Tensors
import Vectors

/// The three roles of the convolution, as sums of matrix products over the taps of the filter.
///
/// Images lie folded (`ImageFolding`), so that what a tap meets in many places is a matrix as it
/// lies: no window is laid out, and nothing is multiplied with the border's zeros.
struct TapConvolution {
  let role: Convolution.Role
  let geometry: ConvolutionGeometry
  /// The images and the outputs, folded or as they are.
  let images: ImageFolding
  let outputs: ImageFolding
  /// The filter; transposed, as `FilterTurning` leaves it, for the gradient of the images.
  let filter: Int
  let result: Int
  /// Whether the result is added to what is there.
  let accumulates: Bool
  /// Several workers share the step, which is then cut finer.
  let isShared: Bool

  private let rowTaps: [FilterTaps]
  private let columnTaps: [FilterTaps]
  private let parts: [Part]

  /// What is computed in one go.
  private struct Part {
    var group = 0
    /// The rows of the images, where those are computed.
    var phase = 0
    /// The taps, where the filter's gradient is computed.
    var taps = (row: 0, column: 0)
    /// Places; or numbers of channels, for the filter's gradient.
    var range: Range<Int>
  }

  init(
    role: Convolution.Role, geometry: ConvolutionGeometry, images: ImageFolding,
    outputs: ImageFolding, filter: Int, result: Int, accumulates: Bool, isShared: Bool
  ) {
    (self.role, self.geometry, self.images, self.outputs) = (role, geometry, images, outputs)
    (self.filter, self.result) = (filter, result)
    (self.accumulates, self.isShared) = (accumulates, isShared)
    let rowTaps = FilterTaps.all(
      geometry.filterHeight, stride: geometry.stride, border: geometry.border, joining: false)
    let columnTaps = FilterTaps.all(
      geometry.filterWidth, stride: geometry.stride, border: geometry.border, joining: true)
    (self.rowTaps, self.columnTaps) = (rowTaps, columnTaps)
    let size = Self.places(geometry)
    parts =
      switch role {
      case .output:
        (0..<outputs.groups).flatMap { group in
          outputs.grid(group: group).parts(ofAbout: size, evenly: isShared).map {
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
        rowTaps.indices.flatMap { row in
          columnTaps.indices.flatMap { column in
            let channels = columnTaps[column].count * geometry.channels
            return (isShared ? [0..<channels / 2, channels / 2..<channels] : [0..<channels]).map {
              Part(taps: (row, column), range: $0)
            }
          }
        }
      }
  }

  /// Places multiplied at a time: as many as OpenBLAS multiplies without packing them.
  private static func places(_ geometry: ConvolutionGeometry) -> Int {
    let deepest = min(geometry.stride, geometry.filterWidth) * geometry.channels
    return min(
      110, max(MatrixProduct.largestUnpacked / (64 * max(deepest, geometry.outChannels)), 8))
  }

  var scratch: Int {
    let places = parts.map(\.range.count).max() ?? 0
    return switch role {
    case .output: MemoryPlan.aligned(outputs.isIdentity ? 0 : places * geometry.outChannels)
    case .input: MemoryPlan.aligned(places * images.pixel)
    case .filter: 0
    }
  }

  /// Parts that may run in any order, by any worker: places, or taps.
  var unitCount: Int { role == .filter && !isShared ? 1 : parts.count }

  /// Numbers of the outputs that a part ends with, where outputs are computed in their order.
  func reach(_ unit: Int) -> Int? {
    guard role == .output && outputs.isIdentity else { return nil }
    let part = parts[unit]
    return outputs.offset(group: part.group) + part.range.upperBound * geometry.outChannels
  }

  func run(
    _ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ unit: Int
  ) {
    let (x, y) = (values + images.result, values + outputs.result)
    let (w, target) = (values + filter, values + result)
    switch role {
    case .output: convolve(x, w, target, scratch, parts[unit])
    case .input: imageGradient(y, w, target, scratch, parts[unit])
    case .filter: filterGradient(y, x, target, isShared ? parts[unit...unit] : parts[...])
    }
  }

  // MARK: Roles

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ part: Part
  ) {
    let g = geometry
    let (group, start) = (part.group, part.range.lowerBound)
    let grid = outputs.grid(group: group)
    let sums =
      outputs.isIdentity ? y + (outputs.offset(group: group) + start * g.outChannels) : scratch
    var accumulating = outputs.isIdentity && accumulates
    let all = grid.fits(shift(0, 0), into: images.grid(phase: rowTaps[0].phase, group: group))
    if !accumulating && !all {
      sums.clear(part.range.count * g.outChannels)
      accumulating = true
    }
    for row in rowTaps.indices {
      let phase = rowTaps[row].phase
      let met = images.grid(phase: phase, group: group)
      let x = x + images.offset(phase: phase, group: group)
      for column in columnTaps.indices {
        let taps = columnTaps[column]
        grid.eachRun(of: part.range, shift(row, column), into: met) { place, shifted, count in
          MatrixProduct.multiplyUnpacked(
            x + (shifted * images.pixel + taps.phase * g.channels), leftPitch: images.pixel,
            w + tap(row, column) * g.channels * g.outChannels, rightPitch: g.outChannels,
            into: sums + (place - start) * g.outChannels, pitch: g.outChannels, rows: count,
            columns: g.outChannels, inner: taps.count * g.channels, accumulating: accumulating)
        }
        accumulating = true
      }
    }
    if !outputs.isIdentity {
      outputs.unfold(sums, part.range, group: group, into: y, adding: accumulates)
    }
  }

  /// `w`: the filter transposed.
  private func imageGradient(
    _ y: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ x: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ part: Part
  ) {
    let g = geometry
    let (group, start) = (part.group, part.range.lowerBound)
    let grid = images.grid(phase: part.phase, group: group)
    let met = outputs.grid(group: group)
    let y = y + outputs.offset(group: group)
    let rows = rowTaps.indices.filter { rowTaps[$0].phase == part.phase }
    var accumulating = false
    let all =
      columnTaps[0].count == g.stride && !rows.isEmpty
      && grid.fits(shift(rows[0], 0, backwards: true), into: met)
    if !all {
      scratch.clear(part.range.count * images.pixel)
      accumulating = true
    }
    for row in rows {
      for column in columnTaps.indices {
        let taps = columnTaps[column]
        let shift = shift(row, column, backwards: true)
        grid.eachRun(of: part.range, shift, into: met) { place, shifted, count in
          MatrixProduct.multiplyUnpacked(
            y + shifted * g.outChannels, leftPitch: g.outChannels,
            w + tap(row, column) * g.channels, rightPitch: g.window,
            into: scratch + ((place - start) * images.pixel + taps.phase * g.channels),
            pitch: images.pixel, rows: count, columns: taps.count * g.channels,
            inner: g.outChannels, accumulating: accumulating)
        }
        accumulating = true
      }
    }
    images.unfold(
      scratch, part.range, phase: part.phase, group: group, into: x, adding: accumulates)
  }

  /// One group of images after the other, so that it stays in the second-level cache.
  private func filterGradient(
    _ y: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ w: UnsafeMutablePointer<Float>,
    _ parts: ArraySlice<Part>
  ) {
    let g = geometry
    let size = Self.places(g)
    for group in 0..<outputs.groups {
      let grid = outputs.grid(group: group)
      let places = grid.parts(ofAbout: size, evenly: false)
      let y = y + outputs.offset(group: group)
      for part in parts {
        let (row, column) = part.taps
        let taps = columnTaps[column]
        let met = images.grid(phase: rowTaps[row].phase, group: group)
        let x =
          x + images.offset(phase: rowTaps[row].phase, group: group)
          + (taps.phase * g.channels + part.range.lowerBound)
        let sums = w + (tap(row, column) * g.channels + part.range.lowerBound) * g.outChannels
        var accumulating = accumulates || group > 0
        for range in places {
          grid.eachRun(of: range, shift(row, column), into: met) { place, shifted, count in
            MatrixProduct.multiplyUnpacked(
              x + shifted * images.pixel, transposingLeft: true, leftPitch: images.pixel,
              y + place * g.outChannels, rightPitch: g.outChannels, into: sums,
              pitch: g.outChannels, rows: part.range.count, columns: g.outChannels, inner: count,
              accumulating: accumulating)
            accumulating = true
          }
        }
        if !accumulating { sums.clear(part.range.count * g.outChannels) }
      }
    }
  }

  // MARK: Taps

  /// The first of some taps, counted through the filter.
  private func tap(_ row: Int, _ column: Int) -> Int {
    rowTaps[row].first * geometry.filterWidth + columnTaps[column].first
  }

  /// The way from an output to what taps meet, or backwards.
  private func shift(_ row: Int, _ column: Int, backwards: Bool = false) -> ImageGrid.Shift {
    let sign = backwards ? -1 : 1
    return ImageGrid.Shift(
      rows: sign * rowTaps[row].shift, columns: sign * columnTaps[column].shift)
  }
}
