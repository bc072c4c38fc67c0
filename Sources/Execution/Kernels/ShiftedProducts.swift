import Tensors
import Vectors

/// Runs a convolution by taps, part by part.
struct ShiftedProducts {
  let convolution: ShiftedConvolution
  private let rowTaps: UnsafeBufferPointer<FilterTaps>
  private let columnTaps: UnsafeBufferPointer<FilterTaps>
  private let parts: UnsafeBufferPointer<ShiftedConvolution.Part>

  /// `taps`, `parts`: the plan's tables.
  init(
    _ convolution: ShiftedConvolution, taps: UnsafeBufferPointer<FilterTaps>,
    parts: UnsafeBufferPointer<ShiftedConvolution.Part>
  ) {
    self.convolution = convolution
    rowTaps = UnsafeBufferPointer(rebasing: taps[convolution.rowTaps])
    columnTaps = UnsafeBufferPointer(rebasing: taps[convolution.columnTaps])
    self.parts = UnsafeBufferPointer(rebasing: parts[convolution.parts])
  }

  private var geometry: ConvolutionGeometry { convolution.geometry }
  private var images: SpaceToDepth { convolution.images }
  private var outputs: SpaceToDepth { convolution.outputs }
  private var accumulates: Bool { convolution.accumulates }

  func run(
    _ values: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>, _ tile: Int
  ) {
    let (x, y) = (values + images.result, values + outputs.result)
    let (w, target) = (values + convolution.filter, values + convolution.result)
    switch convolution.role {
    case .output: convolve(x, w, target, scratch, parts[tile])
    case .input: imageGradient(y, w, target, scratch, parts[tile])
    case .filter:
      if convolution.cutsFilter {
        filterGradient(y, x, target, parts[tile...tile], range: 0)
      } else {
        let target = values + convolution.sums.place(tile)
        filterGradient(y, x, target, parts[...], range: tile)
      }
    }
  }

  // MARK: Roles

  private func convolve(
    _ x: UnsafePointer<Float>, _ w: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>, _ part: ShiftedConvolution.Part
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
    _ scratch: UnsafeMutablePointer<Float>, _ part: ShiftedConvolution.Part
  ) {
    let g = geometry
    let (group, start) = (part.group, part.range.lowerBound)
    let grid = images.grid(phase: part.phase, group: group)
    let met = outputs.grid(group: group)
    let y = y + outputs.offset(group: group)
    let firstRow = rowTaps.firstIndex { $0.phase == part.phase }
    var accumulating = false
    let all =
      columnTaps[0].count == g.stride
      && firstRow.map { grid.fits(shift($0, 0, backwards: true), into: met) } == true
    if !all {
      scratch.clear(part.range.count * images.pixel)
      accumulating = true
    }
    for row in rowTaps.indices where rowTaps[row].phase == part.phase {
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
  ///
  /// `range`: of the images' places, of those that workers share; it may begin or end in a group.
  private func filterGradient(
    _ y: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ w: UnsafeMutablePointer<Float>,
    _ parts: Slice<UnsafeBufferPointer<ShiftedConvolution.Part>>, range: Int
  ) {
    let g = geometry
    let size = ShiftedConvolution.places(g)
    let ranges = convolution.sums.count
    let (first, end) = (range * outputs.groups, (range + 1) * outputs.groups)
    for group in first / ranges..<(end + ranges - 1) / ranges {
      let grid = outputs.grid(group: group)
      let all = grid.parts(ofAbout: size, evenly: false)
      let before = max(first - group * ranges, 0) * all.count / ranges
      let places = all[before..<min(end - group * ranges, ranges) * all.count / ranges]
      let y = y + outputs.offset(group: group)
      for part in parts {
        let (row, column) = part.taps
        let taps = columnTaps[column]
        let met = images.grid(phase: rowTaps[row].phase, group: group)
        let x =
          x + images.offset(phase: rowTaps[row].phase, group: group)
          + (taps.phase * g.channels + part.range.lowerBound)
        let sums = w + (tap(row, column) * g.channels + part.range.lowerBound) * g.outChannels
        var accumulating = range == 0 && accumulates || group > first / ranges
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
