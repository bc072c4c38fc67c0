/// Linear discriminant analysis: the directions along which classes differ most beside how much they
/// vary.
///
/// They solve S_b v = μ S_w v for the largest μ, with the covariance S_b of the class means and the
/// pooled covariance S_w within classes, drawn towards a multiple of the identity:
/// (1 − λ)S_w + λ (tr S_w/d) I. Without λ there is no S_w⁻¹ where features are more than images.
/// S_b = BBᵀ has the rank of the class means, so that μ and v = S_w⁻¹By come from the small symmetric
/// problem BᵀS_w⁻¹B y = μy.
///
/// - Reference: Fisher, "The Use of Multiple Measurements in Taxonomic Problems", 1936; with
///   shrinkage, Friedman, "Regularized Discriminant Analysis", 1989, equation 18 with λ = 0.
public struct LinearDiscriminants: Sendable {
  /// The directions, of length one in S_w, the most telling one first.
  public let axes: [[Double]]
  /// μ of each axis.
  public let ratios: [Double]
  /// The mean of all examples, which lies in the origin of the plane.
  public let centre: [Double]

  /// The directions of some classes of examples; as many as wished, at most one less than classes.
  ///
  /// Each axis points to where the first class lies.
  public init(of classes: [[[Double]]], shrinkage: Double, count: Int = 2) {
    precondition(
      classes.count > count && classes.allSatisfy { $0.count > 1 },
      "\(count) axes need more classes, of two examples each, than \(classes.count)")
    precondition(0..<1 ~= shrinkage, "no covariance shrinks by \(shrinkage)")
    let means = classes.map(\.mean)
    let total = classes.reduce(0) { $0 + $1.count }
    let centre = classes.flatMap(\.self).mean
    self.centre = centre
    let scatter = Self.within(classes, means, shrinkage: shrinkage)
    guard let inverse = Cholesky(scatter) else {
      preconditionFailure("classes that do not vary have no axes without shrinkage")
    }
    let between = zip(classes, means).map { own, mean in
      let weight = (Double(own.count) / Double(total)).squareRoot()
      return zip(mean, centre).map { weight * ($0 - $1) }
    }
    let solved = between.map(inverse.solution)
    let system = Eigensystem(of: between.map { b in solved.map { b.dot($0) } })
    ratios = Array(system.values.prefix(count))
    axes = zip(system.vectors, ratios).map { y, ratio in
      var axis = [Double](repeating: 0, count: centre.count)
      for (factor, column) in zip(y, solved) {
        for index in axis.indices { axis[index] += factor * column[index] }
      }
      let side = axis.dot(means[0]) < axis.dot(centre) ? -1.0 : 1
      return axis.map { side * $0 / max(ratio, .leastNormalMagnitude).squareRoot() }
    }
  }

  /// (1 − λ)S_w + λ (tr S_w/d) I.
  private static func within(
    _ classes: [[[Double]]], _ means: [[Double]], shrinkage: Double
  ) -> [[Double]] {
    let width = means[0].count
    var scatter = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for (own, mean) in zip(classes, means) {
      for example in own {
        let deviation = zip(example, mean).map { $0 - $1 }
        for row in 0..<width {
          let factor = deviation[row]
          for column in 0...row { scatter[row][column] += factor * deviation[column] }
        }
      }
    }
    let freedom = Double(classes.reduce(0) { $0 + $1.count } - classes.count)
    let trace = scatter.indices.reduce(0) { $0 + scatter[$1][$1] } / freedom
    for row in 0..<width {
      for column in 0..<row {
        scatter[row][column] *= (1 - shrinkage) / freedom
        scatter[column][row] = scatter[row][column]
      }
      scatter[row][row] *= (1 - shrinkage) / freedom
      scatter[row][row] += shrinkage * trace / Double(width)
    }
    return scatter
  }

  /// Where an example lies along the axes.
  public func projection(of example: [Double]) -> [Double] {
    axes.map { axis in axis.dot(example) - axis.dot(centre) }
  }
}

/// (C/N) ΣᵢΣⱼ‖xᵢⱼ − μᵢ‖² / Σᵢ‖μᵢ − μ‖², for C classes of N examples: how much classes vary beside
/// their distance, R_FC of Goldblum et al.
///
/// (2020).
public func varianceRatio(of classes: [[[Double]]]) -> Double {
  let means = classes.map(\.mean)
  let centre = means.mean
  let within = zip(classes, means).reduce(0.0) { sum, own in
    sum + own.0.reduce(0) { $0 + $1.squaredDistance(to: own.1) } / Double(own.0.count)
  }
  return Double(classes.count) * within
    / means.reduce(0) { $0 + $1.squaredDistance(to: centre) }
}

extension [[Double]] {
  /// The mean of equally long rows.
  var mean: [Double] {
    var sum = self[0]
    for row in dropFirst() { for index in sum.indices { sum[index] += row[index] } }
    return sum.map { $0 / Double(count) }
  }
}

extension [Double] {
  func dot(_ other: [Double]) -> Double {
    var sum = 0.0
    for index in indices { sum += self[index] * other[index] }
    return sum
  }

  func squaredDistance(to other: [Double]) -> Double {
    var sum = 0.0
    for index in indices { sum += (self[index] - other[index]) * (self[index] - other[index]) }
    return sum
  }
}
