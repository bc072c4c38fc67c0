import Networks

/// A backbone trained for a support vector machine on its features.
///
/// - Reference: Lee, Maji, Ravichandran and Soatto, 2019. <https://arxiv.org/abs/1904.03758>
public typealias MetaOptNet<Net: Backbone> = EmbeddingLearner<Net, SupportVectorMachine>

/// A backbone trained for ridge regression on its features.
///
/// - Reference: Bertinetto, Henriques, Torr and Vedaldi, 2019. <https://arxiv.org/abs/1805.08136>
public typealias R2D2<Net: Backbone> = EmbeddingLearner<Net, RidgeRegression>

/// A backbone trained for the means of classes on its features.
///
/// - Reference: Snell, Swersky and Zemel, 2017. <https://arxiv.org/abs/1703.05175>
public typealias ProtoNet<Net: Backbone> = EmbeddingLearner<Net, Prototypes>

extension EmbeddingLearner where Fit == SupportVectorMachine {
  /// MetaOptNet-SVM, as its code has it: C = 0.1, a learned scale that begins at one.
  public static func metaOptNet(_ backbone: Net) -> Self {
    Self(backbone, head: SupportVectorMachine(), scale: .learned(from: 1))
  }
}

extension EmbeddingLearner where Fit == RidgeRegression {
  /// R2-D2 as the code of MetaOptNet has it: λ = 50, a learned scale that begins at one, no bias.
  public static func r2D2(_ backbone: Net) -> Self {
    Self(backbone, head: RidgeRegression(), scale: .learned(from: 1))
  }
}

extension EmbeddingLearner where Fit == Prototypes {
  /// ProtoNet as the code of MetaOptNet has it: a learned scale that begins at one.
  public static func protoNet(_ backbone: Net) -> Self {
    Self(backbone, head: Prototypes(), scale: .learned(from: 1))
  }
}
