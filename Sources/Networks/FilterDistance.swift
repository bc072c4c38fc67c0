import Tensors

/// Distances between networks by the size of each filter: d² = Σ_f ‖θ_f − φ_f‖²/‖φ_f‖².
///
/// A filter is what makes one channel of a convolution or one output of a dense layer; biases and what
/// normalises have no part. With batch normalisation a larger filter does the same, so that a
/// distance means little without its size.
///
/// - Reference: Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets",
///   2018, section 4; Goldblum et al., "Unraveling Meta-Learning", 2020, note 1.
public enum FilterDistance {
  /// d², from the weights φ that are given second.
  public static func squared(
    of weights: Parameters<Tensor>, from reference: Parameters<Tensor>
  ) -> Tensor {
    let terms = weights.names.filter(isFilter).map { name in
      squaredNorms(weights[name] - reference[name]) / squaredNorms(reference[name])
    }
    return terms.dropFirst().reduce(terms[0].summed(along: 0)) { $0 + $1.summed(along: 0) }
  }

  /// The gradient of d² from the mean φ of some networks, of which θ is one, with respect to θ:
  /// 2(1 − 1/m)(θ_f − φ_f)/‖φ_f‖², where ‖φ_f‖ counts as constant; nothing for what is no filter.
  public static func gradient(
    at weights: Parameters<Tensor>, fromMean mean: Parameters<Tensor>, of count: Int
  ) -> Parameters<Tensor> {
    let names = weights.names.filter(isFilter)
    return Parameters(
      names: names,
      leaves: names.map { name in
        let (own, centre) = (weights[name], mean[name])
        let rows = (own - centre).reshaped(to: rowsShape(own))
        let pull = rows / squaredNorms(centre)
        return 2 * (1 - 1 / Double(count)) * pull.reshaped(to: own.shape)
      })
  }

  /// The mean of ‖θ_f‖² over all filters.
  public static func meanSquaredNorm(of weights: Parameters<Tensor>) -> Tensor {
    let norms = weights.names.filter(isFilter).map { squaredNorms(weights[$0]) }
    let count = norms.reduce(0) { $0 + $1.shape[0] }
    return norms.dropFirst().reduce(norms[0].summed(along: 0)) { $0 + $1.summed(along: 0) }
      / Double(count)
  }

  static func isFilter(_ name: String) -> Bool {
    name.hasSuffix("filter") || name.hasSuffix("weight")
  }

  private static func squaredNorms(_ filters: Tensor) -> Tensor {
    filters.reshaped(to: rowsShape(filters)).squared().summed(along: 0)
  }

  private static func rowsShape(_ filters: Tensor) -> Shape {
    [filters.shape.count / filters.shape[-1], filters.shape[-1]]
  }
}
