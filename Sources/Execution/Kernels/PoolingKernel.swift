import Tensors
import Vectors

/// Picks from, or places at, the maxima of windows; channels are lanes.
struct PoolingKernel {
  var side: Int
  var images: Int
  var height: Int
  var width: Int
  var channels: Int
  var places: Bool
  /// The images whose maxima decide.
  var deciding: Int
  /// What is picked from, or what is placed.
  var other: Int
  /// Where the result lies; what is placed may lie where what decides does, of which each window is read
  /// before it is written.
  var result: Int

  init(
    side: Int, images: Shape, places: Bool, deciding: Int, other: Int, result: Int
  ) {
    self.side = side
    self.images = images[0]
    (height, width, channels) = (images[1], images[2], images[3])
    (self.places, self.deciding, self.other, self.result) = (places, deciding, other, result)
  }

  /// Rows of windows in an image.
  private var rows: Int { height / side }

  /// Tiles, which may run in any order, by any worker: rows of windows.
  var tileCount: Int { images * rows }

  /// Numbers of the larger images that a part ends with.
  func reach(_ tile: Int) -> Int {
    let (image, row) = tile.quotientAndRemainder(dividingBy: rows)
    let lines = image * height + (row + 1 == rows ? height : (row + 1) * side)
    return lines * width * channels
  }

  func run(_ values: UnsafeMutablePointer<Float>, _ tile: Int) {
    let (image, row) = tile.quotientAndRemainder(dividingBy: rows)
    let line = width * channels
    let pooled = (image * rows + row) * (width / side) * channels
    let start = (image * height + row * side) * line
    let x = values + (deciding + start)
    if places {
      let y = values + (result + start)
      // What is left over beside the last windows, and below them.
      let covered = width / side * side * channels
      if covered < line {
        for k in 0..<side { (y + (k * line + covered)).clear(line - covered) }
      }
      if row + 1 == rows { (y + side * line).clear(height % side * line) }
      let g = values + (other + pooled)
      eachWindow { window, output in place(x, window, g + output, y) }
    } else {
      let y = values + (result + pooled)
      let v = values + (other + start)
      if other == deciding {
        eachWindow { window, output in maximum(x, window, y + output) }
      } else {
        eachWindow { window, output in pick(x, window, v, y + output) }
      }
    }
  }

  /// The windows of a row.
  @inline(__always)
  private func eachWindow(_ body: (_ window: Int, _ output: Int) -> Void) {
    for q in 0..<width / side { body(q * side * channels, q * channels) }
  }

  /// Where the element k, l of a window lies.
  @inline(__always)
  private func element(_ window: Int, _ k: Int, _ l: Int) -> Int {
    window &+ (k &* width &+ l) &* channels
  }

  /// The number within the window of the first NaN, else of the first maximum, in sixteen channels or
  /// in the rest of them.
  @inline(__always)
  private func winners(_ x: UnsafePointer<Float>, _ window: Int, _ load: (Int) -> Lanes) -> Lanes {
    var best = load(window)
    var winner = Lanes.zero
    for k in 0..<side {
      for l in 0..<side {
        let next = load(element(window, k, l))
        winner = winner.replacing(
          with: Lanes(repeating: Float(k &* side &+ l)), where: next .> best)
        best = Maximum.of(next, best)
      }
    }
    if any(best .!= best) {
      for place in (0..<side &* side).reversed() {
        let next = load(element(window, place / side, place % side))
        winner = winner.replacing(with: Lanes(repeating: Float(place)), where: next .!= next)
      }
    }
    return winner
  }

  /// Visits the channels sixteen at a time, and then the rest.
  @inline(__always)
  private func eachLane(_ body: (_ channel: Int, _ count: Int) -> Void) {
    var c = 0
    while c < channels {
      body(c, min(16, channels &- c))
      c &+= 16
    }
  }

  @inline(__always)
  private func load(_ x: UnsafePointer<Float>, _ count: Int) -> Lanes {
    count == 16 ? x.lanes(0) : Lanes(x, count: count)
  }

  @inline(__always)
  private func store(_ lanes: Lanes, _ y: UnsafeMutablePointer<Float>, _ count: Int) {
    if count == 16 {
      y.store(lanes, 0)
    } else {
      for i in 0..<count { y[i] = lanes[i] }
    }
  }

  @inline(__always)
  private func maximum(_ x: UnsafePointer<Float>, _ window: Int, _ y: UnsafeMutablePointer<Float>) {
    eachLane { c, count in
      var best = load(x + (window &+ c), count)
      for k in 0..<side {
        for l in 0..<side {
          let next = load(x + (element(window, k, l) &+ c), count)
          best = Maximum.of(next, best)
        }
      }
      store(best, y + c, count)
    }
  }

  @inline(__always)
  private func pick(
    _ x: UnsafePointer<Float>, _ window: Int, _ v: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
  ) {
    eachLane { c, count in
      let winner = winners(x, window) { load(x + ($0 &+ c), count) }
      var picked = Lanes.zero
      for k in 0..<side {
        for l in 0..<side {
          let here = load(v + (element(window, k, l) &+ c), count)
          picked = picked.replacing(with: here, where: winner .== Float(k &* side &+ l))
        }
      }
      store(picked, y + c, count)
    }
  }

  @inline(__always)
  private func place(
    _ x: UnsafePointer<Float>, _ window: Int, _ g: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>
  ) {
    eachLane { c, count in
      let winner = winners(x, window) { load(x + ($0 &+ c), count) }
      let gradient = load(g + c, count)
      for k in 0..<side {
        for l in 0..<side {
          let here = Lanes.zero.replacing(with: gradient, where: winner .== Float(k &* side &+ l))
          store(here, y + (element(window, k, l) &+ c), count)
        }
      }
    }
  }
}
