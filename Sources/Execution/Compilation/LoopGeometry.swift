/// How a fused loop over `count` elements is cut, so that every operand fits.
///
/// A loop runs in blocks that stay in the first-level cache. Repeating operands are expanded to a
/// block once, which needs blocks to be whole numbers of periods; operands that repeat within parts
/// of the loop need blocks that stay inside a part (a segment).
struct LoopGeometry {
  /// Elements of a block at most: 2 KiB for each register.
  static let largestBlock = 512
  /// Elements that one worker takes at a time, about; never a function of the number of workers.
  static let tileElements = 8_192

  let count: Int
  private(set) var unit = 1
  private(set) var segment: Int
  /// Segments that must lie in one tile, because a sum runs over them.
  private(set) var tileUnit = 1
  /// Where else tiles must end.
  private(set) var row = 1

  init(count: Int) {
    self.count = count
    segment = count
  }

  var block: Int {
    let whole = max(Self.largestBlock / unit, 1) * unit
    return min(whole, max(segment, 1))
  }

  /// A whole number of segments where there are several, else of blocks.
  var tile: Int {
    let unit =
      segment < count || tileUnit > 1 ? max(segment, tileUnit) : row > 1 ? row : block
    return min(max(Self.tileElements / unit, 1) * unit, max(count, 1))
  }

  /// Lets tiles end where rows of so many numbers do, if rows are a whole number of blocks' units
  /// and not much larger than a tile.
  mutating func cut(at row: Int) {
    if row % unit == 0, row <= 2 * Self.tileElements { self.row = row }
  }

  /// Adapts the cut to an operand; false (and unchanged) if the two do not go together.
  mutating func accept(_ pattern: Access.Pattern, reducing: Bool) -> Bool {
    guard case .repeating(let repeats, let period) = pattern else { return pattern == .contiguous }
    let span = repeats * period
    var next = self
    if span <= Self.largestBlock {
      guard next.require(unit: span) else { return false }
    } else if period <= Self.largestBlock {
      guard next.require(unit: period), span == count || next.require(segment: span) else {
        return false
      }
      if reducing && span < count { next.tileUnit = Self.lcm(next.tileUnit, span) }
    } else {
      guard next.require(segment: period) else { return false }
      if reducing && span < count { next.tileUnit = Self.lcm(next.tileUnit, span) }
    }
    self = next
    return true
  }

  private mutating func require(unit other: Int) -> Bool {
    let common = Self.lcm(unit, other)
    guard common <= Self.largestBlock, segment % common == 0 else { return false }
    unit = common
    return true
  }

  private mutating func require(segment other: Int) -> Bool {
    guard segment == count || segment == other, other % unit == 0 else { return false }
    segment = other
    return true
  }

  private static func lcm(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return a / x * b
  }
}
