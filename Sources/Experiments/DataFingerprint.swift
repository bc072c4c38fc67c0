/// Which data an experiment looks at: enough to tell two data sets apart, whatever they lie in.
public struct DataFingerprint: Codable, Hashable, Sendable {
  /// The name for captions and provenance: `mini-ImageNet 84×84`, `glyphs, data seed 3`.
  public var name: String
  /// The digest of contents for published data, the recipe for what is drawn.
  public var digest: String

  /// A name and what tells its contents apart.
  public init(name: String, digest: String) {
    self.name = name
    self.digest = digest
  }
}
