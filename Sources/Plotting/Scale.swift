import Foundation

/// How an axis spaces its numbers.
public enum Spacing: String, Codable, Sendable {
  /// Equal differences are equally long.
  case linear
  /// Equal ratios are equally long; numbers must be positive.
  case logarithmic

  func forward(_ value: Double) -> Double {
    self == .linear ? value : log10(value)
  }

  func backward(_ value: Double) -> Double {
    self == .linear ? value : pow(10, value)
  }
}

/// A map from numbers to a stretch of the page.
struct Scale: Hashable, Sendable {
  var spacing: Spacing
  var limits: ClosedRange<Double>
  /// Where the limits lie; the end may be above the start.
  var start: Double
  var end: Double

  func callAsFunction(_ value: Double) -> Double {
    let low = spacing.forward(limits.lowerBound)
    let high = spacing.forward(limits.upperBound)
    return start + (spacing.forward(value) - low) / (high - low) * (end - start)
  }

  /// A number, or the axis' lower end if it is one that no logarithmic axis has a place for.
  func shown(_ value: Double) -> Double {
    spacing == .logarithmic && value <= 0 ? limits.lowerBound : value
  }

  func value(at place: Double) -> Double {
    let low = spacing.forward(limits.lowerBound)
    let high = spacing.forward(limits.upperBound)
    return spacing.backward(low + (place - start) / (end - start) * (high - low))
  }
}

/// The two scales of a plot: data to page and back.
package struct Projection: Hashable, Sendable {
  var x: Scale
  var y: Scale

  func callAsFunction(_ x: Double, _ y: Double) -> Point {
    Point(self.x(x), self.y(y))
  }

  func data(at point: Point) -> (x: Double, y: Double) {
    (x.value(at: point.x), y.value(at: point.y))
  }
}
