/// Copies an argument into the arena, or a result out of it.
struct Transfer: Sendable {
  enum Direction {
    case argument, result
  }

  let direction: Direction
  /// Which argument or result.
  let number: Int
  /// Where it lies in the arena.
  let offset: Int
  let count: Int

  init(_ direction: Direction, _ number: Int, at offset: Int, count: Int) {
    self.direction = direction
    self.number = number
    self.offset = offset
    self.count = count
  }

  /// Numbers that are copied at a time: about as many as a worker takes of a loop.
  private static let piece = LoopGeometry.tileElements

  var tileCount: Int { (count + Self.piece - 1) / Self.piece }

  /// `array`: where the argument or result lies outside of the arena.
  func run(_ values: UnsafeMutablePointer<Float>, _ array: UInt, _ tile: Int) {
    guard let array = UnsafeMutablePointer<Float>(bitPattern: array) else { return }
    let start = tile * Self.piece
    let length = min(Self.piece, count - start)
    switch direction {
    case .argument: (values + (offset + start)).update(from: array + start, count: length)
    case .result: (array + start).update(from: values + (offset + start), count: length)
    }
  }
}
