import Episodes

/// What X and Y are.
enum Distribution: String, CaseIterable, Codable {
  case normal, ball, line, heavyTails, outliers, point

  var scatter: ClassClouds.Scatter {
    switch self {
    case .normal, .point: .normal
    case .ball: .ball
    case .line: .line
    case .heavyTails: .heavyTails
    case .outliers: .outliers
    }
  }

  var title: String {
    switch self {
    case .normal: "normal"
    case .ball: "uniform in a ball"
    case .line: "normal, towards each other"
    case .heavyTails: "Student’s t, 3 degrees"
    case .outliers: "rare outliers"
    case .point: "X normal, Y a point"
    }
  }
}
