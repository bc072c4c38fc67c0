/// What `--data` says: drawn stand-ins, published images, or one published set alone.
public enum DataChoice: Equatable, Sendable {
  /// Stand-ins for every set; the default.
  case standIns
  /// The published images of every set that lies below `--data-root`, stand-ins for the others.
  case published
  /// One published set, and nothing else.
  case set(String)

  /// The choice of a name.
  public init(_ name: String) {
    switch name {
    case "stand-ins": self = .standIns
    case "published": self = .published
    default: self = .set(name)
    }
  }

  /// The name on the command line.
  public var name: String {
    switch self {
    case .standIns: "stand-ins"
    case .published: "published"
    case .set(let name): name
    }
  }
}
