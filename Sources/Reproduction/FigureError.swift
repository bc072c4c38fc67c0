/// What can go wrong between the command line and the picture, apart from experiments and files.
public enum FigureError: Error, Equatable {
  /// The command line asks for something that does not exist; exit code 2.
  case usage(String)
  /// Something else, with its remedy; exit code 1.
  case failed(String)
}

extension FigureError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String {
    switch self {
    case .usage(let message), .failed(let message): message
    }
  }
}
