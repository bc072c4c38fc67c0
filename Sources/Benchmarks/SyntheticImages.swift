import Episodes
import Tensors

/// Images of a prototype and noise for each class: data for timing, made in no time.
struct SyntheticImages {
  var shape: Shape
  var ways: Int
  var seed: Int

  func batch(_ count: Int, _ number: Int) -> Batch<ShapedArray> {
    let base = Generator(seed: seed)
    var pixels: [Float] = []
    var labels = [Float](repeating: 0, count: count * ways)
    for index in 0..<count {
      let way = index % ways
      labels[index * ways + way] = 1
      var prototype = base.split("prototype \(number / 2)", way)
      var noise = base.split("noise \(number)", index)
      for _ in 0..<shape.count { pixels.append(Float(prototype.normal() + 0.5 * noise.normal())) }
    }
    return Batch(
      inputs: ShapedArray(pixels, shape: Shape([count] + shape.extents)),
      targets: ShapedArray(labels, shape: [count, ways]))
  }

  func episode(_ number: Int, support: Int, query: Int) -> Episode<ShapedArray> {
    Episode(support: batch(support, 2 * number), query: batch(query, 2 * number + 1))
  }
}
