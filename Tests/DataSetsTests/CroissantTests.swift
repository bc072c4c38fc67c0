import Foundation
import Testing

@testable import DataSets

/// What `Data/croissant` says of the procedural sets is what their generators draw; that the files are
/// in the form of Croissant 1.1 is asked of its own validator by `Tests/Conventions/validate`.
struct CroissantTests {
  private static let sets: [(name: String, set: DataSet, version: Int)] = [
    ("glyphs", Glyphs().dataSet(), Glyphs.version), ("scenes", Scenes().dataSet(), Scenes.version),
    ("birds", Birds().dataSet(), Birds.version),
  ]

  private struct Description: Decodable {
    struct RecordSet: Decodable { var data: [[String: Value]] }
    /// A number or a word.
    enum Value: Decodable, Equatable {
      case number(Int)
      case word(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self =
          if let number = try? container.decode(Int.self) { .number(number) } else {
            .word(try container.decode(String.self))
          }
      }
    }
    var name: String
    var version: String
    var recordSet: [RecordSet]
  }

  @Test(arguments: sets.indices)
  func descriptionsAreTrue(_ index: Int) throws {
    let (name, set, version) = Self.sets[index]
    var file = URL(filePath: #filePath)
    for _ in 0..<3 { file.deleteLastPathComponent() }
    file.append(path: "Data/croissant/\(name).json")
    let description = try JSONDecoder().decode(Description.self, from: Data(contentsOf: file))
    #expect(description.name == name && description.version == "\(version).0.0")
    let parts: [DataSet.Part] = [.train, .validation, .test]
    let expected = parts.map { part -> [String: Description.Value] in
      let images = set[part]
      return [
        "splits/name": .word(part.rawValue), "splits/classes": .number(images.classes.count),
        "splits/images_per_class": .number(images.count / images.classes.count),
        "splits/height": .number(images.imageShape[0]),
        "splits/width": .number(images.imageShape[1]),
        "splits/channels": .number(images.imageShape[2]),
      ]
    }
    #expect(description.recordSet[0].data == expected)
  }
}
