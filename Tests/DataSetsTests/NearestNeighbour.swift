import Tensors

import Episodes

/// What pixels alone can tell: the class of the closest support image.
enum NearestNeighbour {
  static func accuracy(on episodes: [Episode<ShapedArray>]) -> Double {
    var right = 0
    var total = 0
    for episode in episodes {
      let support = (0..<episode.support.inputs.shape[0]).map { episode.support.inputs[$0].scalars }
      for query in 0..<episode.query.inputs.shape[0] {
        let image = episode.query.inputs[query].scalars
        let distances = support.map { other in
          var sum: Float = 0
          for pixel in 0..<image.count {
            let difference = image[pixel] - other[pixel]
            sum += difference * difference
          }
          return sum
        }
        let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
        total += 1
        if episode.support.targets[nearest] == episode.query.targets[query] { right += 1 }
      }
    }
    return Double(right) / Double(total)
  }
}
