import Experiments
import Foundation

/// What made a figure: enough to make it again, and nothing that differs between equal results.
///
/// There is no time, no machine and no number of threads in it.
public struct Provenance: Codable, Equatable, Sendable {
  /// The figure's executable.
  public var figure: String
  /// The version of this package.
  public var package = PackageVersion.current
  /// The version of the numbers, which is part of every run's key.
  public var engine = EngineVersion.current
  /// The user's options.
  public var settings: [String: String]
  /// The digests of the data sets by name.
  public var data: [String: String]
  /// What else the last bits depend on: processor architecture, kernels, versions of libraries.
  public var environment: [String: String]
  /// The runs that the figure is made of.
  public var runs: [RunKey]

  /// The canonical JSON of it all.
  var json: String {
    get throws { String(decoding: try CanonicalJSON.encode(self), as: UTF8.self) }
  }
}

/// The version of this package.
public enum PackageVersion {
  /// The version, as in the list of changes.
  public static let current = "0.1.0"
}

/// The part of the environment that any figure knows by itself.
enum Architecture {
  static var name: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "other"
    #endif
  }
}
