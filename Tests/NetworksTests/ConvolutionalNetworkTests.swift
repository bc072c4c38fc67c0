import Foundation
import Networks
import Tensors
import TestSupport
import Testing

struct ConvolutionalNetworkTests {
  @Test(arguments: [
    // Parameters of the networks of the papers: filters, scales, shifts, head.
    (ConvolutionalNetwork.omniglot(ways: 5), 256, 111_680 + 1285),
    (.miniImageNet(ways: 5), 1200, 63_888 + 6005),
  ])
  func hasTheSizeOfThePapers(network: ConvolutionalNetwork, features: Int, count: Int) {
    #expect(network.features == features)
    var words = TestNumbers(seed: 0)
    let weights = network.initialWeights(using: &words)
    #expect(weights.leaves.reduce(0) { $0 + $1.shape.count } == count)
    #expect(weights.names.prefix(3) == ["block1/filter", "block1/scale", "block1/shift"])
    #expect(weights.names.suffix(2) == ["head/weight", "head/bias"])
  }

  @Test func unpaddedPoolingEndsAtThreeByThree() {
    var network = ConvolutionalNetwork.miniImageNet(ways: 5, filters: 64)
    network.padding = 0
    #expect(network.features == 576)
  }

  @Test func theMeanOfAMapHasAFeaturePerFilter() {
    var network = ConvolutionalNetwork.omniglot(ways: 5)
    network.headInput = .mean
    #expect(network.features == 64)
  }

  @Test func finnsNormalizationHasNoScale() {
    var network = ConvolutionalNetwork.omniglot(ways: 5)
    network.normalization = BatchNormalization(epsilon: 1e-3, hasScale: false)
    network.hasBias = true
    var words = TestNumbers(seed: 0)
    let names = network.initialWeights(using: &words).scope("block2").names
    #expect(names == ["filter", "bias", "shift"])
  }

  @Test func descriptionsTellModelsApart() throws {
    let encoder = JSONEncoder()
    let omniglot = try encoder.encode(ConvolutionalNetwork.omniglot(ways: 5))
    var smooth = ConvolutionalNetwork.omniglot(ways: 5)
    smooth.activation = .softplus
    #expect(try encoder.encode(smooth) != omniglot)
    #expect(try encoder.encode(ConvolutionalNetwork.miniImageNet(ways: 5)) != omniglot)
  }

  /// CNN(6) of the KFO paper on mini-ImageNet: four blocks halve the images, two leave them.
  @Test func laterBlocksMayKeepTheSize() {
    var network = ConvolutionalNetwork(
      imageShape: [84, 84, 3], ways: 5, depth: 6, filters: 64, downsampling: .pooling(side: 2))
    network.downsamplingBlocks = 4
    #expect(network.features == 25 * 64)
  }
}
