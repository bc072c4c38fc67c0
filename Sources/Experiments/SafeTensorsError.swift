/// Why some bytes are not a readable safetensors file.
public enum SafeTensorsError: Error, Equatable {
  /// There are fewer bytes than the beginning announces.
  case truncated(expected: Int, found: Int)
  /// The header is no JSON of the right form.
  case header(String)
  /// An array holds another type than 32-bit floating-point numbers.
  case type(name: String, type: String)
  /// An array's place or shape makes no sense.
  case layout(name: String, problem: String)
  /// There are bytes that belong to no array.
  case trailing(count: Int)
}

extension SafeTensorsError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String {
    switch self {
    case .truncated(let expected, let found):
      "the safetensors file is cut short: \(expected) bytes announced, \(found) found"
    case .header(let problem): "the header of the safetensors file is broken: \(problem)"
    case .type(let name, let type):
      "“\(name)” in the safetensors file is of type \(type); only F32 is read: convert it"
    case .layout(let name, let problem): "“\(name)” in the safetensors file \(problem)"
    case .trailing(let count):
      "the safetensors file has \(count) bytes that belong to no array"
    }
  }
}
