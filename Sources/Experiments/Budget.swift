/// How much computation to spend on a figure.
public enum Budget: String, CaseIterable, Codable, Sendable {
  /// At most ten seconds a figure: does everything work, and are the golden values met?
  case smoke
  /// At most three minutes a figure on two cores, all figures within an hour; the default.
  ///
  /// Not the paper cut short, which could decide little in that time, but a smaller world in which
  /// the paper's question can be decided: smaller images, narrower nets, fewer settings, runs
  /// shared between figures, measurement on fewer episodes.
  case standard
  /// What decides claims on images, with published data: at least 36 hours on two cores, a night on
  /// eight or more.
  case overnight
  /// The paper's protocol to the letter, for whoever has the data and the days.
  case paper

  /// The value for this budget; a budget without one takes that of the next smaller.
  public func pick<Value>(
    smoke: Value, standard: Value, overnight: Value? = nil, paper: Value? = nil
  ) -> Value {
    switch self {
    case .smoke: smoke
    case .standard: standard
    case .overnight: overnight ?? standard
    case .paper: paper ?? overnight ?? standard
    }
  }
}

extension Budget: Comparable {
  /// Whether a budget is smaller than another.
  public static func < (left: Budget, right: Budget) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .smoke: 0
    case .standard: 1
    case .overnight: 2
    case .paper: 3
    }
  }
}
