/// Random numbers that are a pure function of a seed, purposes and indices.
///
/// A generator is a key and a position in the stream of that key (Philox 4×32-10). `split` derives
/// the key of another stream without touching this one, so that a draw added in one place shifts
/// nothing elsewhere, and the thousandth episode can be drawn without the 999 before it:
///
/// ```swift
/// var generator = Generator(seed: 3).split("episodes", 1000)
/// let episode = source.episode(using: &generator)
/// ```
///
/// The draws are our own arithmetic down to the logarithm: they depend neither on the algorithms
/// of the standard library nor on the machine's mathematical library.
public struct Generator: RandomNumberGenerator, Hashable, Sendable {
  private let key: UInt64
  private var position: UInt64 = 0
  private var spare: UInt64 = 0

  private init(key: UInt64) { self.key = key }

  /// The generator at the beginning of a seed's stream.
  public init(seed: Int) { self.init(key: UInt64(bitPattern: Int64(seed))) }

  /// The generator of another stream, named by a purpose and an index.
  ///
  /// It depends on the names that led here, never on how many numbers were drawn on the way.
  public func split(_ purpose: String, _ index: Int = 0) -> Generator {
    let (key, _) = Philox.block(
      UInt64(bitPattern: Int64(index)), Generator.hash(purpose), key: key)
    return Generator(key: key)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    defer { position &+= 1 }
    guard position & 1 == 0 else { return spare }
    // Draws count blocks in the lower half of the counter. Their upper half is the name of no
    // purpose, so that they never meet the derivation of a key.
    let (first, second) = Philox.block(position >> 1, 0, key: key)
    spare = second
    return first
  }

  /// FNV-1a of the purpose's UTF-8; never zero.
  private static func hash(_ purpose: String) -> UInt64 {
    let hash = purpose.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return hash == 0 ? 1 : hash
  }
}
