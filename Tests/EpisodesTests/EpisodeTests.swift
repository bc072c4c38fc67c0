import Tensors
import Testing

@testable import Episodes

@Suite struct EpisodeTests {
  private let episode = Episode(
    support: Batch(inputs: ShapedArray(1), targets: ShapedArray(2)),
    query: Batch(inputs: ShapedArray(3), targets: ShapedArray(4)))

  @Test func leavesComeSupportFirstAndInputsFirst() {
    #expect(Episode<Tensor>.leaves(of: episode).map(\.scalar) == [1, 2, 3, 4])
  }

  @Test func otherLeavesKeepTheOrder() {
    var next: Float = 10
    let other = Episode<Tensor>.arrays(like: episode) {
      next += 1
      return ShapedArray(next)
    }
    #expect(Episode<Tensor>.leaves(of: other).map(\.scalar) == [11, 12, 13, 14])
  }

  @Test func tensorsAndArraysAreTwins() {
    let graph = Graph()
    var shapes: [Shape] = []
    let traced = Episode<Tensor>(
      like: Episode(
        support: Batch(inputs: .zeros([2, 3]), targets: .zeros([2])),
        query: Batch(inputs: .zeros([4, 3]), targets: .zeros([4])))
    ) { array in
      shapes.append(array.shape)
      return graph.input(shapes.count, shape: array.shape)
    }
    #expect(shapes == [[2, 3], [2], [4, 3], [4]])
    #expect(traced.tensors.map(\.shape) == shapes)
    let arrays = traced.arrays { .zeros($0.shape) }
    #expect(arrays.query.inputs.shape == [4, 3])
    #expect(arrays.support.targets.shape == [2])
  }
}
