import Tensors

/// How far classes lie apart in feature space, measured on pairs of classes with a few images each.
///
/// Features have the shape `[pairs, classes, images, features]`; the results `[pairs]`. Small is
/// well separated. The published tables are those of the released code, which is not what is
/// printed; see ``Form``.
///
/// - Reference: Goldblum, Reich, Fowl, Ni, Cherepanova and Goldstein, "Unraveling Meta-Learning:
///   Understanding Feature Representations for Few-Shot Tasks", ICML 2020, sections 4.1, 4.4 and
///   4.5, and <https://github.com/goldblum/FeatureClustering>.
public enum ClassSeparation: String, CaseIterable, Codable, Sendable {
  /// R_FC: the variance within classes over that between them.
  case featureClustering
  /// R_HV: how much the hyperplane between two classes depends on the images it is drawn from.
  case hyperplaneVariation

  /// Which of two formulas is meant.
  public enum Form: String, CaseIterable, Codable, Sendable {
    /// As in the paper; R_HV then lies in [0, 1].
    case printed
    /// As in the published code; R_HV is then four times the square, in [0, 4].
    ///
    /// The code's two functions have each other's names.
    case released
  }

  /// The measure of each pair of classes.
  public func callAsFunction(_ features: Tensor, form: Form) -> Tensor {
    switch self {
    case .featureClustering: Self.clustering(features, form)
    case .hyperplaneVariation: Self.variation(features, form)
    }
  }

  /// (C/N) Σᵢⱼ‖φᵢⱼ − μᵢ‖² / Σᵢ‖μᵢ − μ‖², for C classes of N images.
  ///
  /// The code leaves out C/N, which is one for two classes of two images, and adds 10⁻⁶ below.
  private static func clustering(_ features: Tensor, _ form: Form) -> Tensor {
    let (classes, images) = (Double(features.shape[1]), Double(features.shape[2]))
    let means = features.mean(along: 2, keepingAxes: true)
    let within = (features - means).squared().summed(along: 1, 2, 3)
    let between =
      (means - means.mean(along: 1, keepingAxes: true)).squared().summed(along: 1, 2, 3)
    return switch form {
    case .printed: (classes / images) * (within / between)
    case .released: within / (between + 1e-6)
    }
  }

  /// ‖δ₁ − δ₂‖ / (‖δ₁‖ + ‖δ₂‖), with δᵢ = f(xᵢ) − f(yᵢ) for classes x and y.
  ///
  /// The code squares the ratio to the mean norm, (‖δ₁ − δ₂‖ / (½(‖δ₁‖ + ‖δ₂‖) + 10⁻⁴))².
  private static func variation(_ features: Tensor, _ form: Form) -> Tensor {
    precondition(
      features.shape[1] == 2 && features.shape[2] == 2,
      "hyperplanes lie between two classes of two images, not \(features.shape)")
    let pairs = features.shape[0]
    let normals = features.sliced(0..<1, along: 1) - features.sliced(1..<2, along: 1)
    let norms = Self.root(normals.squared().summed(along: 1, 3))
    let change = normals.sliced(0..<1, along: 2) - normals.sliced(1..<2, along: 2)
    let square = change.squared().summed(along: 1, 2, 3)
    let sum = norms.summed(along: 1)
    switch form {
    case .printed: return Self.root(square) / sum
    case .released:
      let mean = (0.5 * sum + 1e-4).reshaped(to: [pairs])
      return square / mean.squared()
    }
  }

  /// The norm whose square is given; its slope at zero, where two features coincide, is zero.
  private static func root(_ square: Tensor) -> Tensor { (square + 1e-30).squareRoot() }
}

/// What is added to the cross-entropy so that classes lie apart: c_FC R_FC + c_HV R_HV.
public struct SeparationPenalty: Codable, Hashable, Sendable {
  /// c_FC.
  public var featureClustering: Double
  /// c_HV.
  public var hyperplaneVariation: Double
  /// The formulas.
  public var form: ClassSeparation.Form

  /// Coefficients; nothing is added by default.
  public init(
    featureClustering: Double = 0, hyperplaneVariation: Double = 0,
    form: ClassSeparation.Form = .released
  ) {
    self.featureClustering = featureClustering
    self.hyperplaneVariation = hyperplaneVariation
    self.form = form
  }

  /// The mean over pairs of classes, as a scalar; nil if both coefficients are zero.
  public func callAsFunction(_ features: Tensor) -> Tensor? {
    let terms = coefficients.filter { $0.coefficient != 0 }.map { measure, coefficient in
      coefficient * measure(features, form: form).mean()
    }
    return terms.isEmpty ? nil : terms.dropFirst().reduce(terms[0], +)
  }

  private var coefficients: [(measure: ClassSeparation, coefficient: Double)] {
    [(.featureClustering, featureClustering), (.hyperplaneVariation, hyperplaneVariation)]
  }
}
