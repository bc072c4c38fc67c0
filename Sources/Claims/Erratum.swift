import Foundation

/// Something in a paper that cannot be as it is printed, and how it is read here.
package struct Erratum: Codable, Equatable, Sendable {
  /// Its number: `E1`.
  package var id: String
  /// The paper's folder in `Figures`: `Guiroy2019`.
  package var paper: String
  /// Where it stands: `Equation 3`.
  package var place: String
  /// What is wrong or open.
  package var problem: String
  /// What is computed here.
  package var reading: String

  /// All errata, from `Data/papers/errata.json`.
  ///
  /// - Throws: ``PaperValuesError`` naming the file.
  package static func all(in folder: DataFolder) throws(PaperValuesError) -> [Erratum] {
    let url = folder.url.appending(path: "papers/errata.json")
    guard let bytes = FileManager.default.contents(atPath: url.path) else {
      throw .unreadable(file: url.path)
    }
    do {
      return try JSONDecoder().decode([Erratum].self, from: bytes)
    } catch {
      throw .malformed(file: url.path, problem: "\(error)")
    }
  }
}
