import Statistics

/// What a claim's plain learner must reach before the claim is judged, fixed beforehand: a verdict on
/// trained models means nothing where they are not trained.
public struct Gate<Results: Sendable>: Sendable {
  /// The level and the bound: the part that is written into files.
  public let statement: GateStatement

  /// What the reference arm reached, by the data's names in ``GateStatement/levels``.
  public let evidence: @Sendable (Results) -> [String: ReferenceArm]

  /// The learning curves of what is compared with it, by what they are of; they have no level to reach,
  /// but must have come to an end as well.
  public let compared: @Sendable (Results) -> [String: PerSeed<[Double]>]

  /// A gate on an accuracy, which must be at least the level of each data set.
  ///
  /// - Parameters:
  ///   - arm: The reference arm: `MAML, CNN(2)`.
  ///   - levels: What it must reach, by the data's names.
  ///   - gain: The most that the last quarter of a learning curve may still gain, its own or of what is
  ///     compared with it.
  ///   - compared: The learning curves of what is compared with it, where they are known.
  ///   - evidence: What it reached; data without an entry are not asked for.
  public init(
    _ arm: String, accuracyAtLeast levels: [String: Double], lastQuarterGainsAtMost gain: Double,
    compared: @escaping @Sendable (Results) -> [String: PerSeed<[Double]>] = { _ in [:] },
    evidence: @escaping @Sendable (Results) -> [String: ReferenceArm]
  ) {
    statement = GateStatement(arm: arm, measure: .accuracy, levels: levels, gain: gain)
    self.evidence = evidence
    self.compared = compared
  }

  /// A gate on an error, which must be at most the level; the gain is a share of the final error.
  public init(
    _ arm: String, errorAtMost levels: [String: Double], lastQuarterGainsAtMost gain: Double,
    evidence: @escaping @Sendable (Results) -> [String: ReferenceArm]
  ) {
    statement = GateStatement(arm: arm, measure: .error, levels: levels, gain: gain)
    self.evidence = evidence
    compared = { _ in [:] }
  }

  /// What all arms came to: the reference arm on each of the data, then what is compared with it.
  func readings(of results: Results) -> [GateReading] {
    statement.readings(of: evidence(results)) + statement.readings(compared: compared(results))
  }
}

/// What the plain learner reached.
public struct ReferenceArm: Sendable {
  /// The value on which it is judged, such as the accuracy on test episodes.
  public var values: PerSeed<Double>
  /// The same measure while it was trained, where that is known.
  public var curve: PerSeed<[Double]>?

  /// A value of every seed, with the learning curve where there is one.
  public init(_ values: PerSeed<Double>, curve: PerSeed<[Double]>? = nil) {
    (self.values, self.curve) = (values, curve)
  }
}

/// What is written of a ``Gate`` into files.
public struct GateStatement: Codable, Equatable, Sendable {
  /// What is better.
  public enum Measure: String, Codable, Sendable {
    /// More is better.
    case accuracy
    /// Less is better, and gains are shares of it.
    case error
  }

  /// The reference arm.
  public var arm: String
  /// What is measured of it.
  public var measure: Measure
  /// What it must reach, by the data's names.
  public var levels: [String: Double]
  /// The most that the last quarter of its learning curve may still gain.
  public var gain: Double

  /// What the reference arm came to on each of the data, in the order of their names.
  func readings(of arms: [String: ReferenceArm]) -> [GateReading] {
    arms.sorted { $0.key < $1.key }.map { data, reference in
      let value = reference.values.mean
      let gain = reference.curve.map(lastQuarterGain)
      // Data without a level fixed beforehand cannot pass.
      let reached =
        switch (measure, levels[data]) {
        case (.accuracy, let level?): value >= level
        case (.error, let level?): value <= level
        case (_, nil): false
        }
      return GateReading(
        data: data, value: value, level: levels[data], lastQuarterGain: gain,
        passes: reached && gain.map(isEnd) ?? true)
    }
  }

  /// Whether what is compared with the reference arm has come to the end of its learning, by name.
  func readings(compared curves: [String: PerSeed<[Double]>]) -> [GateReading] {
    curves.sorted { $0.key < $1.key }.map { name, curve in
      let gain = lastQuarterGain(curve)
      return GateReading(
        data: "", arm: name, value: curve.map { $0.last ?? .nan }.mean, lastQuarterGain: gain,
        passes: isEnd(gain))
    }
  }

  /// Whether so small a gain is the end of learning; accuracies are shares in single precision, whose last
  /// digits decide nothing.
  func isEnd(_ gain: Double) -> Bool { gain <= self.gain + 1e-6 }

  /// The last value minus the one three quarters on the way, over seeds.
  private func lastQuarterGain(_ curve: PerSeed<[Double]>) -> Double {
    let gains = curve.map { points in
      guard let last = points.last else { return 0.0 }
      let earlier = points[Int((0.75 * Double(points.count - 1)).rounded())]
      return measure == .accuracy
        ? last - earlier : (earlier - last) / max(abs(last), .leastNormalMagnitude)
    }
    return gains.mean
  }
}

/// What an arm came to on some data, and whether that is enough.
public struct GateReading: Codable, Equatable, Sendable {
  /// The data's name.
  public var data: String
  /// What is compared with the reference arm, and on which data; nothing for the reference arm itself.
  public var arm: String?
  /// The mean over seeds.
  public var value: Double
  /// What it must reach; nothing if none was fixed for these data.
  public var level: Double?
  /// What the last quarter of the learning curve gained, where there is a curve.
  public var lastQuarterGain: Double?
  /// Whether both are as they must be.
  public var passes: Bool
}
