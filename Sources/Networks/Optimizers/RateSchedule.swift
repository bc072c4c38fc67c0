import Foundation

/// The learning rate as a function of the number of updates done.
public enum RateSchedule: Codable, Hashable, Sendable {
  /// One rate throughout.
  case constant(Double)
  /// A rate multiplied by a factor after each so many updates.
  case steps(start: Double, factor: Double, every: Int)
  /// One rate after another: each but the last holds up to the number of updates beside it.
  case pieces([Piece], last: Double)
  /// From a rate down to zero along half a cosine, over so many updates.
  case cosine(start: Double, updates: Int)

  /// From a rate down to zero along a line, over so many updates.
  case linear(start: Double, updates: Int)

  /// A rate, and the number of updates before which it holds.
  public struct Piece: Codable, Hashable, Sendable {
    /// The rate.
    public var rate: Double
    /// The number of the first update with another rate.
    public var end: Int

    /// A rate up to an update.
    public init(_ rate: Double, before end: Int) {
      self.rate = rate
      self.end = end
    }
  }

  /// The rate of the update that follows so many others.
  public func rate(after updates: Int) -> Double {
    switch self {
    case .constant(let rate): rate
    case .steps(let start, let factor, let every): start * pow(factor, Double(updates / every))
    case .pieces(let pieces, let last):
      pieces.first { updates < $0.end }?.rate ?? last
    case .linear(let start, let total): start * (1 - Double(min(updates, total)) / Double(total))
    case .cosine(let start, let total):
      start * (1 + cos(.pi * Double(min(updates, total)) / Double(total))) / 2
    }
  }
}
