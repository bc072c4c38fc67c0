import Tensors

/// A backbone of four stages, each of which halves its maps: R2-D2's and ResNet-12.
protocol StagedBackbone: Backbone {
  /// What stages are called in the names of weights.
  static var stage: String { get }
  /// The filters of the stages.
  var widths: [Int] { get }
  /// What drops out after a stage, if anything does.
  func dropout(afterStage number: Int) -> Dropout?
}

extension StagedBackbone {
  /// As in `block1`.
  func name(ofStage number: Int) -> String { "\(Self.stage)\(number)" }

  /// The channels that a stage takes.
  func channels(intoStage number: Int) -> Int { number == 1 ? imageShape[2] : widths[number - 2] }

  /// The extents of the maps that a stage gives.
  func mapShape(afterStage number: Int) -> [Int] {
    let (height, width) = (imageShape[0] >> number, imageShape[1] >> number)
    precondition(
      height > 0 && width > 0, "images of \(imageShape) are too small for \(number) halvings")
    return [height, width, widths[number - 1]]
  }

  /// A mask for each stage that something drops out after.
  public func masks(
    forImages count: Int, afterPasses passes: Int,
    using generator: inout some RandomNumberGenerator
  ) -> Parameters<ShapedArray> {
    var masks = Parameters<ShapedArray>()
    for number in 1...widths.count {
      guard let dropout = dropout(afterStage: number) else { continue }
      masks[name(ofStage: number)] = dropout.mask(
        Shape([count] + mapShape(afterStage: number)), afterPasses: passes, using: &generator)
    }
    return masks
  }

  /// Means of zero and variances of one for the layers of each stage that normalise.
  func initialStatistics(ofLayers layers: [String]) -> Parameters<ShapedArray> {
    var statistics = Parameters<ShapedArray>()
    for (index, channels) in widths.enumerated() {
      for layer in layers {
        let name = name(ofStage: index + 1) + layer
        statistics[name + "/mean"] = .zeros([channels])
        statistics[name + "/variance"] = ShapedArray(repeating: 1, shape: [channels])
      }
    }
    return statistics
  }

  /// Published widths times a factor, rounded.
  static func widths(_ published: [Int], times factor: Double) -> [Int] {
    let widths = published.map { Int((Double($0) * factor).rounded()) }
    precondition(widths.allSatisfy { $0 > 0 }, "a width factor of \(factor) leaves no filter")
    return widths
  }
}
