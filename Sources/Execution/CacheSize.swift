/// The second-level cache that kernels are cut for: 2 MiB, as recent server processors have.
///
/// It is a constant, not the machine's: bits depend on how sums are cut.
enum CacheSize {
  /// Numbers that fill half of it, which leaves the other half for what is read with them.
  static let half = 262_144
}
