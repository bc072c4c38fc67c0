import Experiments
import Foundation

/// All claims of the papers, whether their figures are built or not: the file
/// `Data/papers/claims.json`.
///
/// It is frozen before results are seen. Holm's correction runs over a paper's whole list, so that
/// no claim becomes easier to support by leaving others out; a claim that repeats another's runs is
/// listed as its copy and counted once.
public struct ClaimsCatalogue: Codable, Equatable, Sendable {
  /// A claim of the catalogue.
  public struct Entry: Codable, Equatable, Sendable {
    /// The stable name `paper/target/short-name`.
    public var id: String
    /// The claim in about ten words.
    public var summary: String
    /// What the paper reports, in its own numbers, where it does.
    public var paper: String?
    /// The claim whose runs and verdict this one repeats, if it is a copy.
    public var sameAs: String?
    /// Whether it is judged without chance, as an identity is: no test that needs a correction.
    public var isExact: Bool?

    /// Whether it takes part in the correction of its paper.
    var isCounted: Bool { sameAs == nil && isExact != true }
    /// The first part of its name.
    public var paperName: String { String(id.prefix { $0 != "/" }) }
    /// The figure's or table's target.
    public var target: String {
      id.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    }
  }

  /// The claims, by paper in the order of the papers' figures.
  public var claims: [Entry]

  /// A catalogue of claims.
  public init(_ claims: [Entry]) { self.claims = claims }

  /// The claim of a name.
  public subscript(id: String) -> Entry? { claims.first { $0.id == id } }

  /// How many claims share a paper's correction.
  func familySize(of paper: String) -> Int {
    claims.count { $0.paperName == paper && $0.isCounted }
  }

  /// The catalogue in the `Data` folder.
  ///
  /// - Throws: ``RecordError`` naming the file and what is wrong with it.
  public static func load(from folder: DataFolder) throws -> ClaimsCatalogue {
    let file = folder.url.appending(path: "papers/claims.json")
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      throw RecordError("cannot read \(file.path); restore it from the repository")
    }
    let catalogue: ClaimsCatalogue
    do {
      catalogue = try JSONDecoder().decode(ClaimsCatalogue.self, from: bytes)
    } catch {
      throw RecordError("\(file.path) is no catalogue of claims: \(error); restore it")
    }
    if let flaw = catalogue.flaw { throw RecordError("\(file.path): \(flaw)") }
    return catalogue
  }

  /// What is wrong with the list, if anything is.
  var flaw: String? {
    var seen: Set<String> = []
    for claim in claims where !seen.insert(claim.id).inserted {
      return "the claim \(claim.id) is listed twice"
    }
    for claim in claims {
      if claim.id.split(separator: "/").count != 3 {
        return "“\(claim.id)” is not named paper/target/short-name"
      }
      guard let original = claim.sameAs else { continue }
      guard let found = self[original], found.sameAs == nil, found.paperName == claim.paperName
      else { return "\(claim.id) repeats \(original), which is no claim of its own" }
    }
    return nil
  }
}
