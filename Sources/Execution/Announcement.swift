import Synchronization

/// The parts of a step that nobody has taken yet.
///
/// Workers take them one by one, since cores are not equally fast, each from an end of its own: what
/// a worker reads is then mostly what it wrote in the step before, and still in its cache.
struct Announcement: ~Copyable {
  /// How many steps can be told apart, and how many parts a step may have.
  static let limits = (steps: 1 << 24, parts: 1 << 20)

  private let bits: Atomic<UInt64>

  /// All parts of a step.
  init(step: Int, parts: Int) { bits = Atomic(Self.bits(step, 0..<parts)) }

  /// The step that was announced last.
  var step: Int { Self.step(bits.load(ordering: .acquiring)) }

  /// Whether somebody has taken each part.
  var isTaken: Bool { Self.parts(bits.load(ordering: .relaxed)).isEmpty }

  /// Announces another step, when this one is done.
  func renew(step: Int, parts: Int) { bits.store(Self.bits(step, 0..<parts), ordering: .releasing) }

  /// Takes the first part or the last one; nil if none is left.
  func take(first: Bool) -> (step: Int, part: Int)? {
    var seen = bits.load(ordering: .acquiring)
    while true {
      let (step, left) = (Self.step(seen), Self.parts(seen))
      guard !left.isEmpty else { return nil }
      let rest = first ? left.dropFirst() : left.dropLast()
      let (exchanged, original) = bits.compareExchange(
        expected: seen, desired: Self.bits(step, rest), ordering: .acquiringAndReleasing)
      if exchanged { return (step, first ? left.lowerBound : rest.upperBound) }
      seen = original
    }
  }

  private static func bits(_ step: Int, _ parts: Range<Int>) -> UInt64 {
    UInt64(step) << 40 | UInt64(parts.lowerBound) << 20 | UInt64(parts.upperBound)
  }

  private static func step(_ bits: UInt64) -> Int { Int(bits >> 40) }

  private static func parts(_ bits: UInt64) -> Range<Int> {
    let first = Int(bits >> 20 & 0xf_ffff)
    return first..<max(Int(bits & 0xf_ffff), first)
  }
}
