/// What can go wrong between the command line and the picture, apart from experiments and files.
public enum FigureError: Error, Equatable {
  /// The command line asks for something that does not exist; exit code 2.
  case usage(String)
  /// Something else, with its remedy; exit code 1.
  case failed(String)
  /// The data that were asked for are not on this machine, or nobody has said where; exit code 3.
  case dataAbsent(String)
}

extension FigureError {
  /// The exit code of a process that stops for this reason.
  package var exitCode: Int32 {
    switch self {
    case .usage: 2
    case .failed: 1
    case .dataAbsent: Self.dataAbsentCode
    }
  }

  /// The exit code that says that data are not here, and nothing else.
  package static let dataAbsentCode: Int32 = 3
}

/// An error of reading data that can tell data that are not there from data that are broken.
public protocol DataAbsence: Error {
  /// Whether there is nothing to read, rather than something wrong with it.
  var isAbsence: Bool { get }
}

extension FigureError: CustomStringConvertible {
  /// The message for the user, on one line.
  public var description: String {
    switch self {
    case .usage(let message), .failed(let message), .dataAbsent(let message): message
    }
  }
}
