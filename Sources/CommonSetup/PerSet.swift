import DataSets

/// A setting for each of the sets that a paper uses.
///
/// It is total: asking for a set that the paper does not use is a mistake in the source, and ends the
/// process with the set's name.
public struct PerSet<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  private var values: [ImageSet: Value]

  /// A value for every set.
  public init(dictionaryLiteral elements: (ImageSet, Value)...) {
    values = Dictionary(uniqueKeysWithValues: elements)
  }

  /// The same value for some sets.
  public init(_ sets: [ImageSet], _ value: Value) {
    values = Dictionary(uniqueKeysWithValues: sets.map { ($0, value) })
  }

  /// The value of a set.
  public subscript(set: ImageSet) -> Value {
    get {
      guard let value = values[set] else { fatalError("no setting for \(set.title)") }
      return value
    }
    set(value) { values[set] = value }
  }
}

extension PerSet: Equatable where Value: Equatable {}
