import Tensors

/// What a batch of predictions costs.
public enum Loss: String, Codable, Sendable {
  /// The mean over examples of −log softmax at the right class: that of PyTorch codes.
  case crossEntropy
  /// The sum over examples divided by the number of shots: that of the code of MAML.
  ///
  /// It is N times the mean, for N ways, so a rate of 0.4 for 5 ways means 2.0 with the mean.
  case crossEntropyPerShot
  /// The mean over examples of −log of the probability of a yes or no, given as one logit.
  case binaryCrossEntropy
  /// The mean over examples and outputs of (y − t)².
  case meanSquaredError

  /// The loss of predictions `[n, outputs]`, as a scalar.
  ///
  /// Targets have the predictions' shape: one-hot labels, ones and zeros, or the wanted outputs.
  public func callAsFunction(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
    switch self {
    case .crossEntropy: Networks.crossEntropy(predictions, targets)
    case .crossEntropyPerShot:
      Double(targets.shape[-1]) * Networks.crossEntropy(predictions, targets)
    case .binaryCrossEntropy: Networks.binaryCrossEntropy(predictions, targets)
    case .meanSquaredError: Networks.meanSquaredError(predictions, targets)
    }
  }

  /// The fraction of right answers, as a scalar; nil where targets are no classes.
  public func accuracy(_ predictions: Tensor, _ targets: Tensor) -> Tensor? {
    switch self {
    case .crossEntropy, .crossEntropyPerShot: Networks.accuracy(predictions, targets)
    case .binaryCrossEntropy: Networks.binaryAccuracy(predictions, targets)
    case .meanSquaredError: nil
    }
  }

}

/// The mean over examples of −log softmax(logits) at the marked class.
///
/// Logits and one-hot targets have the shape `[n, classes]`.
public func crossEntropy(_ logits: Tensor, _ targets: Tensor) -> Tensor {
  (logits.logSumExp(along: -1) - logits.gathered(by: targets)).mean()
}

/// The mean of log(1 + eᶻ) − tz, which is −log σ(±z), for logits z and targets t of 0 or 1.
public func binaryCrossEntropy(_ logits: Tensor, _ targets: Tensor) -> Tensor {
  (logits.softplus() - targets * logits).mean()
}

/// The fraction of logits on the side of their target, 1 or 0; a logit of zero is half an answer, and
/// one that is NaN is none: the fraction is then NaN.
public func binaryAccuracy(_ logits: Tensor, _ targets: Tensor) -> Tensor {
  (0.5 + 0.5 * (logits.sign() * (2.0 * targets - 1.0))).mean()
}

/// The mean of (y − t)² over all elements.
public func meanSquaredError(_ predictions: Tensor, _ targets: Tensor) -> Tensor {
  (predictions - targets).squared().mean()
}

/// The fraction of examples whose largest logit is at the marked class, as a scalar.
///
/// Where several logits are the largest, each counts as an equal part of the answer, so that a
/// network that prefers nothing scores what chance would. A logit that is NaN makes the fraction NaN.
public func accuracy(_ logits: Tensor, _ targets: Tensor) -> Tensor {
  let winners = logits.equal(to: logits.maximum(along: -1, keepingAxes: true))
  return (winners.gathered(by: targets) / winners.summed(along: -1)).mean()
}
