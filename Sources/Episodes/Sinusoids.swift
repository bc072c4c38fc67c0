import Tensors

/// Episodes of regression: a sine wave of unknown amplitude and phase, known at a few points.
///
/// y = A sin(x − φ), or A sin(x + φ), with A, φ and x uniform in their ranges. The first sign is
/// that of Finn, Abbeel and Levine (2017), the second that of Huisman's TURTLE. Disjoint ranges
/// for training and test are two sources.
public struct Sinusoids: EpisodeSource, Codable, Hashable {
  /// The sign with which a phase enters.
  public enum PhaseConvention: String, Codable, Sendable {
    /// y = A sin(x − φ), as in MAML's code.
    case subtracted
    /// y = A sin(x + φ), as in TURTLE's code.
    case added
  }

  /// The range of A.
  public var amplitudes: ClosedRange<Double>
  /// The range of φ, in radians.
  public var phases: ClosedRange<Double>
  /// The range of x.
  public var inputs: ClosedRange<Double>
  /// The sign of φ.
  public var convention: PhaseConvention
  /// The number of support points.
  public var shots: Int
  /// The number of query points.
  public var queries: Int

  /// Waves with the ranges of MAML's code unless told otherwise.
  public init(
    shots: Int, queries: Int, amplitudes: ClosedRange<Double> = 0.1...5,
    phases: ClosedRange<Double> = 0...(.pi), inputs: ClosedRange<Double> = -5...5,
    convention: PhaseConvention = .subtracted
  ) {
    precondition(shots > 0 && queries > 0, "shots and queries are positive numbers")
    self.amplitudes = amplitudes
    self.phases = phases
    self.inputs = inputs
    self.convention = convention
    self.shots = shots
    self.queries = queries
  }

  /// An episode of one wave; inputs and targets have the shape `[points, 1]`.
  public func episode(using generator: inout Generator) -> Episode<ShapedArray> {
    let amplitude = generator.uniform(in: amplitudes)
    let phase = generator.uniform(in: phases)
    let shift = convention == .added ? phase : -phase
    func points(_ count: Int, _ generator: inout Generator) -> Batch<ShapedArray> {
      let x = (0..<count).map { _ in generator.uniform(in: inputs) }
      let y = x.map { amplitude * StableMath.sine(radians: $0 + shift) }
      return Batch(
        inputs: ShapedArray(x.map { Float($0) }, shape: [count, 1]),
        targets: ShapedArray(y.map { Float($0) }, shape: [count, 1]))
    }
    return Episode(support: points(shots, &generator), query: points(queries, &generator))
  }
}
