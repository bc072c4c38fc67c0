/// Named arrays of single-precision numbers, as one file that PyTorch, JAX and NumPy open.
///
/// The layout: the length of the header in eight bytes, the header as JSON (for each array its
/// type, its shape and where its bytes lie), then the numbers, little-endian and without gaps.
/// Equal contents are equal bytes: names are in ascending order of their UTF-8.
///
/// - Reference: <https://github.com/huggingface/safetensors>, “Format”.
public struct SafeTensors: Equatable, Sendable {
  /// One array.
  public struct Entry: Equatable, Sendable {
    /// The extents; none for a single number.
    public let shape: [Int]
    /// The numbers, the last axis varying fastest.
    public let scalars: [Float]

    /// The given numbers in the given shape.
    public init(shape: [Int], scalars: [Float]) {
      precondition(
        shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == scalars.count,
        "\(scalars.count) numbers do not fill the shape \(shape)")
      self.shape = shape
      self.scalars = scalars
    }
  }

  /// The arrays by name.
  public var entries: [String: Entry]
  /// Free text by key, such as the epoch and the seed.
  public var metadata: [String: String]

  /// The given arrays.
  public init(_ entries: [String: Entry] = [:], metadata: [String: String] = [:]) {
    precondition(entries[Self.metadataKey] == nil, "\(Self.metadataKey) is not free as a name")
    self.entries = entries
    self.metadata = metadata
  }

  /// The array of a name.
  public subscript(name: String) -> Entry? { entries[name] }

  static let metadataKey = "__metadata__"
}
