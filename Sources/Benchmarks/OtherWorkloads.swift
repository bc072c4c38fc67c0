import Episodes
import Execution
import Experiments
import Measurements
import MetaLearners
import Networks
import Tensors

extension Workload {
  /// W6: twenty products with the Hessian of one episode's support loss at its solution.
  static func curvature(_ name: String) -> Workload {
    let model = ConvolutionalNetwork.omniglot(ways: 5)
    var generator = Generator(seed: 0)
    let weights = model.initialWeights(using: &generator)
    let support = SyntheticImages(shape: model.imageShape, ways: 5, seed: 1).batch(5, 0)
    let vector = weights.map { leaf in
      ShapedArray((0..<leaf.shape.count).map { _ in Float(generator.normal()) }, shape: leaf.shape)
    }
    let program = Program(like: weights, support, vector, shared: .always, fixing: 2) {
      (weights: Parameters<Tensor>, support: Batch<Tensor>, vector: Parameters<Tensor>) in
      let product = hessianProduct(
        of: Loss.crossEntropy(model(support.inputs, weights), support.targets),
        withRespectTo: weights, along: vector)
      return product.squaredNorm().reciprocalSquareRoot() * product
    }
    return Workload(
      name: name, summary: "20 Hessian-vector products, Omniglot 5-way 1-shot",
      floatingPointOperations: 20 * program.plan.floatingPointOperations,
      run: { threads, body in
        let arena = program.makeArena(workers: threads)
        try await body {
          var direction = vector
          for number in 0..<20 {
            direction = program(weights, support, direction, in: arena, reusingFixed: number > 0)
          }
        }
      },
      profile: { program.profile(weights, support, vector) })
  }

  /// W7: one step of stochastic gradient descent of R2-D2's network on 128 images.
  static func training(_ name: String) -> Workload {
    let model = WideningNetwork(imageShape: [32, 32, 3], filters: [96, 192, 384, 512], ways: 64)
    var generator = Generator(seed: 0)
    let weights = model.initialWeights(using: &generator)
    let batch = SyntheticImages(shape: model.imageShape, ways: 64, seed: 1).batch(128, 0)
    let program = Program(like: weights, batch, shared: .always) {
      (weights: Parameters<Tensor>, batch: Batch<Tensor>) in
      let loss = Loss.crossEntropy(model(batch.inputs, weights), batch.targets)
      return weights - 0.1 * gradient(of: loss, withRespectTo: weights)
    }
    return Workload(
      name: name, summary: "one training step, R2-D2's network, 128 images of 32 × 32",
      floatingPointOperations: program.plan.floatingPointOperations,
      run: { threads, body in
        let arena = program.makeArena(workers: threads)
        var current = weights
        try await body { current = program(current, batch, in: arena) }
      },
      profile: { program.profile(weights, batch) })
  }

  /// W8: the support gradients of 60 episodes at shared weights, and all their inner products.
  static func gradients(_ name: String) -> Workload {
    let model = ConvolutionalNetwork.omniglot(ways: 5)
    var generator = Generator(seed: 0)
    let weights = model.initialWeights(using: &generator)
    let images = SyntheticImages(shape: model.imageShape, ways: 5, seed: 1)
    let supports = (0..<60).map { images.batch(5, 2 * $0) }
    let program = Program(like: weights, supports[0]) {
      (weights: Parameters<Tensor>, support: Batch<Tensor>) in
      let slope = gradient(
        of: Loss.crossEntropy(model(support.inputs, weights), support.targets),
        withRespectTo: weights)
      return Tensor.concatenated(slope.leaves.map { $0.flattened() }, along: 0)
    }
    let dimension = weights.leaves.reduce(0) { $0 + $1.shape.count }
    let products = Program(like: ShapedArray.zeros([60, dimension]), shared: .always) {
      (g: Tensor) in g.matmul(g.transposed())
    }
    return Workload(
      name: name, summary: "gradients of 60 episodes and their inner products",
      floatingPointOperations: 60 * program.plan.floatingPointOperations
        + products.plan.floatingPointOperations,
      run: { threads, body in
        try await withWorkers(
          threads, context: { program.makeArena() },
          work: { (arena: Arena, support: Batch<ShapedArray>) in
            program(weights, support, in: arena)
          }
        ) { (workers: Workers<Arena, Batch<ShapedArray>, ShapedArray>) in
          let arena = products.makeArena(workers: threads)
          try await body {
            let rows = try await workers.map(supports)
            _ = products(ShapedArray(stacking: rows), in: arena)
          }
        }
      },
      profile: { program.profile(weights, supports[0]) })
  }
}

/// R2-D2's network: four blocks of growing width with pooling, and a linear head.
private struct WideningNetwork {
  var imageShape: Shape
  var filters: [Int]
  var ways: Int

  private var blocks: [ConvolutionalBlock] {
    filters.indices.map { index in
      ConvolutionalBlock(
        channels: index == 0 ? imageShape[2] : filters[index - 1], filters: filters[index],
        downsampling: .pooling(side: 2), padding: 1, hasBias: false,
        normalization: BatchNormalization(), activation: .leakyRelu(slope: 0.1),
        initializer: .glorotUniform)
    }
  }

  private var head: Dense {
    let side = filters.indices.reduce(imageShape[0]) { side, _ in side / 2 }
    return Dense(inputs: side * side * filters[filters.count - 1], outputs: ways)
  }

  func initialWeights(using generator: inout Generator) -> Parameters<ShapedArray> {
    var weights = head.initialWeights(using: &generator).scoped("head")
    for (index, block) in blocks.enumerated() {
      let part = block.initialWeights(using: &generator)
      weights = weights.replacing(part.scoped("block\(index + 1)"))
    }
    return weights
  }

  func callAsFunction(_ x: Tensor, _ weights: Parameters<Tensor>) -> Tensor {
    var y = x
    for (index, block) in blocks.enumerated() {
      let name = "block\(index + 1)"
      y = y.labelled(name) { block($0, weights.scope(name)) }
    }
    return head(y.flattened(from: 1), weights.scope("head"))
  }
}
