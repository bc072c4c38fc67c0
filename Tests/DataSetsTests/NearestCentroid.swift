import Episodes
import Tensors

/// What the middle of a class tells: the mean colours of the patches of its pictures and their
/// mirror images.
enum NearestCentroid {
  static func accuracy(on episodes: [Episode<ShapedArray>]) -> Double {
    var (right, total) = (0, 0)
    for episode in episodes {
      let ways = episode.support.targets.shape[1]
      var centres = [[Float]](repeating: [], count: ways)
      for place in 0..<episode.support.inputs.shape[0] {
        let label = episode.support.targets[place].scalars.firstIndex(of: 1) ?? 0
        let features = features(episode.support.inputs[place])
        centres[label] = centres[label].isEmpty ? features : zip(centres[label], features).map(+)
      }
      let shots = Float(episode.support.inputs.shape[0] / ways)
      for place in 0..<episode.query.inputs.shape[0] {
        let features = features(episode.query.inputs[place])
        let distances = centres.map { centre in
          zip(centre, features).reduce(Float(0)) { sum, pair in
            let difference = pair.0 / shots - pair.1
            return sum + difference * difference
          }
        }
        let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
        total += 1
        if episode.query.targets[place].scalars[nearest] == 1 { right += 1 }
      }
    }
    return Double(right) / Double(total)
  }

  /// The middle of a picture in 4 × 4 patches, each beside its mirror image, less the picture's mean.
  private static func features(_ image: ShapedArray) -> [Float] {
    let (side, count) = (image.shape[0], 4)
    let (first, last) = (side / 4, side - side / 4)
    var sums = [Float](repeating: 0, count: count * count * 3)
    for row in first..<last {
      for column in first..<last {
        for channel in 0..<3 {
          let value = image.scalars[(row * side + column) * 3 + channel]
          let patch = (row - first) * count / (last - first)
          for across in [column - first, last - 1 - column] {
            sums[(patch * count + across * count / (last - first)) * 3 + channel] += value
          }
        }
      }
    }
    let mean = sums.reduce(0, +) / Float(sums.count)
    return sums.map { ($0 - mean) / mean }
  }
}
