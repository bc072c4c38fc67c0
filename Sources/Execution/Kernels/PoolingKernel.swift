import Tensors

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
  var result: Int

  init(
    side: Int, images: Shape, places: Bool, deciding: Int, other: Int, result: Int
  ) {
    self.side = side
    self.images = images[0]
    (height, width, channels) = (images[1], images[2], images[3])
    (self.places, self.deciding, self.other, self.result) = (places, deciding, other, result)
  }

  func run(_ values: UnsafeMutablePointer<Float>, _ image: Int) {
    let (outHeight, outWidth) = (height / side, width / side)
    let picture = height * width * channels
    let pooled = outHeight * outWidth * channels
    let x = values + (deciding + image * picture)
    if places {
      let y = values + (result + image * picture)
      y.update(repeating: 0, count: picture)
      let g = values + (other + image * pooled)
      eachWindow { window, output in
        for c in 0..<channels { y[winner(x, window, c)] = g[output &+ c] }
      }
    } else {
      let v = values + (other + image * picture)
      let y = values + (result + image * pooled)
      if other == deciding {
        eachWindow { window, output in maximum(x, window, y + output) }
      } else {
        eachWindow { window, output in
          for c in 0..<channels { y[output &+ c] = v[winner(x, window, c)] }
        }
      }
    }
  }

  @inline(__always)
  private func eachWindow(_ body: (_ window: Int, _ output: Int) -> Void) {
    for p in 0..<height / side {
      for q in 0..<width / side {
        body(
          (p * side * width + q * side) * channels, (p * (width / side) + q) * channels)
      }
    }
  }

  /// The index of the first maximum of a window in one channel.
  @inline(__always)
  private func winner(_ x: UnsafePointer<Float>, _ window: Int, _ channel: Int) -> Int {
    var best = window &+ channel
    var value = x[best]
    for k in 0..<side {
      for l in 0..<side {
        let index = window &+ (k &* width &+ l) &* channels &+ channel
        let isGreater = x[index] > value
        best = isGreater ? index : best
        value = isGreater ? x[index] : value
      }
    }
    return best
  }

  @inline(__always)
  private func maximum(_ x: UnsafePointer<Float>, _ window: Int, _ y: UnsafeMutablePointer<Float>) {
    var c = 0
    while c &+ 16 <= channels {
      var best = x.lanes(window &+ c)
      for k in 0..<side {
        for l in 0..<side {
          let next = x.lanes(window &+ (k &* width &+ l) &* channels &+ c)
          best = best.replacing(with: next, where: next .> best)
        }
      }
      y.store(best, c)
      c &+= 16
    }
    while c < channels {
      y[c] = x[winner(x, window, c)]
      c &+= 1
    }
  }
}
