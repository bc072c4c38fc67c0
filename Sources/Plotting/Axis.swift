/// What an axis says and how it is spaced.
public struct Axis: Sendable {
  var label: String
  var range: ClosedRange<Double>?
  var spacing: Spacing
  var style: NumberStyle
  var ticks: [Double]?
  var names: [String]?
  var includesZero = false

  /// An axis over numbers.
  ///
  /// - Parameters:
  ///   - label: What is measured, with its unit; see `Label` for sub- and superscripts.
  ///   - range: The limits; by default they follow the data.
  ///   - spacing: Linear or logarithmic.
  ///   - style: How numbers are written.
  ///   - ticks: Where ticks stand; by default they are chosen.
  ///   - includesZero: Whether chosen limits reach to zero.
  public init(
    _ label: String = "", range: ClosedRange<Double>? = nil, spacing: Spacing = .linear,
    style: NumberStyle = .automatic, ticks: [Double]? = nil, includesZero: Bool = false
  ) {
    self.label = label
    self.range = range
    self.spacing = spacing
    self.style = style
    self.ticks = ticks
    self.includesZero = includesZero
  }

  /// An axis over categories, which stand at 0, 1, 2 and so on.
  public init(_ label: String = "", categories: [String]) {
    precondition(!categories.isEmpty, "an axis needs at least one category")
    self.init(
      label, range: -0.5...(Double(categories.count) - 0.5),
      ticks: categories.indices.map(Double.init))
    names = categories
  }

  /// The ticks for limits on an axis of a length in points.
  func ticks(within limits: ClosedRange<Double>, count: Int) -> Ticks {
    if let ticks {
      return Ticks(major: ticks.filter(limits.contains), step: Self.commonStep(of: ticks))
    }
    switch spacing {
    case .linear: return Ticks.linear(limits, count: count)
    case .logarithmic: return Ticks.logarithmic(limits, count: count)
    }
  }

  /// A step that has the decimals of every tick: the finest power of ten among them.
  private static func commonStep(of ticks: [Double]) -> Double {
    var step = 1.0
    while step > 1e-6, !ticks.allSatisfy({ abs($0 / step - ($0 / step).rounded()) < 1e-6 }) {
      step /= 10
    }
    return step
  }

  func texts(for ticks: Ticks) -> TickTexts {
    var texts = TickTexts(ticks, spacing: spacing, style: style)
    if let names {
      texts.exponent = 0
      texts.texts = ticks.major.map { names[Int($0)] }
    }
    return texts
  }

  /// The label, with the power of ten that the ticks leave out.
  func label(for texts: TickTexts) -> String {
    guard texts.exponent != 0 else { return label }
    let power = "×10^{\(TickTexts.superscript(texts.exponent))}"
    return label.isEmpty ? power : "\(label)  (\(power))"
  }

  /// The limits for data: padded by a few per cent, except at a baseline and for tight marks.
  func limits(for data: DataRange) -> ClosedRange<Double> {
    if let range { return range }
    let shown = data.limits(on: spacing)
    let low = shown?.lowerBound ?? (spacing == .linear ? 0 : 1)
    let high = shown?.upperBound ?? (spacing == .linear ? 1 : 10)
    let bounds = [low, high] + (includesZero && spacing == .linear ? [0] : [])
    var lower = spacing.forward(bounds.min() ?? low)
    var upper = spacing.forward(bounds.max() ?? high)
    if upper - lower <= abs(upper) * 1e-12 {
      let half = spacing == .linear ? max(abs(upper) * 0.05, 1e-6) : 0.2
      lower -= half
      upper += half
    } else if !data.isTight {
      let padding = (upper - lower) * 0.045
      let atBase = { (end: Double) in
        (data.baseline.map { $0 == end } ?? false) || (includesZero && end == 0)
      }
      lower -= spacing == .linear && atBase(lower) ? 0 : padding
      upper += spacing == .linear && atBase(upper) ? 0 : padding
    }
    return spacing.backward(lower)...spacing.backward(upper)
  }
}
