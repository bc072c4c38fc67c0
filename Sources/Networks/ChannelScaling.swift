import Tensors

/// Means and deviations of a data set's colours, by which images are normalised before all else.
public struct ChannelScaling: Codable, Hashable, Sendable {
  /// The mean of each channel, of values in [0, 1].
  public var mean: [Double]
  /// The standard deviation of each.
  public var deviation: [Double]

  /// Colours of the given means and deviations.
  public init(mean: [Double], deviation: [Double]) {
    precondition(mean.count == deviation.count, "each channel has a mean and a deviation")
    self.mean = mean
    self.deviation = deviation
  }

  /// Those of mini-ImageNet in the code of MetaOptNet.
  public static let miniImageNet = ChannelScaling(
    mean: [120.395_864_22, 115.593_614_27, 104.540_126_53].map { $0 / 255 },
    deviation: [70.681_882_72, 68.276_354_43, 72.545_055_29].map { $0 / 255 })

  /// Those of CIFAR-FS in the code of MetaOptNet.
  public static let cifarFS = ChannelScaling(
    mean: [129.377_318_88, 124.105_838_64, 112.477_585_69].map { $0 / 255 },
    deviation: [68.209_479_49, 65.431_240_43, 70.458_669_94].map { $0 / 255 })

  /// (x − μ)/σ, channel by channel.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let channels = mean.count
    precondition(x.shape[-1] == channels, "images of \(x.shape) do not have \(channels) channels")
    let single: Shape = [1, 1, 1, 1]
    let parts = (0..<channels).map { channel in
      x.scalar(1 / deviation[channel]).reshaped(to: single)
    }
    let shifts = (0..<channels).map { x.scalar(mean[$0]).reshaped(to: single) }
    return (x - Tensor.concatenated(shifts, along: 3)) * Tensor.concatenated(parts, along: 3)
  }
}
