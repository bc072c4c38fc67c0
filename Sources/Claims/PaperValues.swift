import Foundation

/// The numbers of one paper, for the column beside ours.
public struct PaperValues: Codable, Equatable, Sendable {
  /// The short name of the paper, which is its file's: `goldblum2020`.
  public var paper: String

  /// Authors, title and venue.
  public var reference: String

  /// The numbers.
  public var values: [PaperValue]

  /// What the tables hold and the text at hand does not show legibly.
  public var illegible: [String]

  /// The papers of the package.
  public static var papers: [String] {
    ["arnold2021", "goldblum2020", "guiroy2019", "huisman2022"]
  }

  /// The numbers of a paper, from `Data/papers`.
  ///
  /// - Parameters:
  ///   - paper: One of ``papers``.
  ///   - folder: The `Data` folder.
  /// - Returns: The paper's numbers.
  /// - Throws: ``PaperValuesError`` naming the file and what is wrong with it.
  public static func load(
    _ paper: String, from folder: DataFolder
  ) throws(PaperValuesError) -> PaperValues {
    let url = folder.url.appending(path: "papers/\(paper).json")
    let contents: Data
    do { contents = try Data(contentsOf: url) } catch { throw .unreadable(file: url.path) }
    let decoded: PaperValues
    do {
      decoded = try JSONDecoder().decode(PaperValues.self, from: contents)
    } catch {
      throw .malformed(file: url.path, problem: "\(error)")
    }
    if let flaw = decoded.flaw { throw .malformed(file: url.path, problem: flaw) }
    guard decoded.paper == paper else {
      throw .malformed(file: url.path, problem: "it says that it is \(decoded.paper)")
    }
    return decoded
  }

  /// What is wrong with the list, if anything is.
  var flaw: String? {
    var seen: Set<String> = []
    for value in values {
      guard seen.insert(value.id).inserted else { return "the id \(value.id) occurs twice" }
      guard value.id.hasPrefix("\(paper)/\(value.target)/") else {
        return "the id \(value.id) is not named \(paper)/target/row/column"
      }
    }
    return nil
  }

  /// The number of a given name, without the paper's part: `table4-cka/R2-D2/CIFAR-FS/C`.
  public subscript(name: String) -> PaperValue? {
    values.first { $0.id == paper + "/" + name }
  }

  /// The numbers that a figure or table shows.
  public func values(of target: String) -> [PaperValue] { values.filter { $0.target == target } }

  /// The same numbers, by what follows the figure or table in their names: `R2-D2/CIFAR-FS/C`.
  public func numbers(of target: String) -> [String: Double] {
    let prefix = "\(paper)/\(target)/"
    return Dictionary(
      uniqueKeysWithValues: values(of: target).map {
        (String($0.id.dropFirst(prefix.count)), $0.value)
      })
  }
}

/// Why a paper's numbers could not be read.
public enum PaperValuesError: Error, Equatable, CustomStringConvertible {
  /// The file is not there or may not be read.
  case unreadable(file: String)
  /// The file does not hold what it should.
  case malformed(file: String, problem: String)

  /// The file, the problem, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let file):
      "cannot read \(file); restore it from the repository"
    case .malformed(let file, let problem):
      "\(file) does not hold a paper's numbers: \(problem); restore it from the repository"
    }
  }
}
