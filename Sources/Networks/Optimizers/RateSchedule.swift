import Foundation

/// The learning rate as a function of the number of updates done.
public enum RateSchedule: Codable, Hashable, Sendable {
  /// One rate throughout.
  case constant(Double)
  /// A rate multiplied by a factor after each so many updates.
  case steps(start: Double, factor: Double, every: Int)
  /// From a rate down to zero along half a cosine, over so many updates.
  case cosine(start: Double, updates: Int)

  /// The rate of the update that follows so many others.
  public func rate(after updates: Int) -> Double {
    switch self {
    case .constant(let rate): rate
    case .steps(let start, let factor, let every): start * pow(factor, Double(updates / every))
    case .cosine(let start, let total):
      start * (1 + cos(.pi * Double(min(updates, total)) / Double(total))) / 2
    }
  }
}
