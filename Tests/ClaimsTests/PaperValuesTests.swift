import Foundation
import TestSupport
import Testing

@testable import Claims

@Suite struct PaperValuesTests {
  private func values(of paper: String) throws -> PaperValues {
    try PaperValues.load(paper, from: try DataFolder.located(from: [URL(filePath: #filePath)]))
  }

  @Test(arguments: PaperValues.papers)
  func everyNumberHasItsPlaceAndRange(paper: String) throws {
    let values = try values(of: paper)
    #expect(values.values.count > 10)
    #expect(Set(values.values.map(\.id)).count == values.values.count)
    for value in values.values {
      #expect(value.id.hasPrefix(paper + "/") && value.id.split(separator: "/").count >= 3)
      #expect(value.id == value.id.trimmingCharacters(in: .whitespaces) && !value.source.isEmpty)
      #expect(value.uncertainty.map { $0.radius >= 0 } ?? true, "\(value.id)")
      switch value.unit {
      case .percent: #expect(abs(value.value) <= 100 && abs(value.value) >= 0.1, "\(value.id)")
      case .fraction: #expect((0...1).contains(value.value), "\(value.id)")
      case .number: #expect(value.value > 0, "\(value.id)")
      case .count: #expect(value.value == value.value.rounded() && value.value > 0, "\(value.id)")
      }
      // What was not simply read says how it was read.
      #expect(value.reading == .text || value.note != nil, "\(value.id)")
    }
  }

  /// Whole tables: the number of cells in the papers.
  @Test(arguments: [
    ("goldblum2020", "table1-finetuning-algorithms", 16),
    ("goldblum2020", "table2-class-separation", 16),
    ("goldblum2020", "table3-rfc", 33), ("goldblum2020", "table4-cka", 12),
    ("goldblum2020", "table5-maml-separation", 6), ("arnold2021", "table2-linnet-anil", 6),
    ("arnold2021", "tableB4-anil-meta-optimizers", 12),
    ("arnold2021", "tableD5-linear-rates", 18), ("arnold2021", "tableD6-adaptation-rates", 30),
    ("arnold2021", "tableD7-meta-rates", 24),
    ("huisman2022", "table3-1-image-classification", 39),
    ("huisman2022", "table3-4-cross-domain", 38),
  ])
  func tablesAreComplete(paper: String, target: String, count: Int) throws {
    #expect(try values(of: paper).values(of: target).count == count)
  }

  /// Sums of columns, added up from the printed tables by hand: a typing error moves one of them.
  @Test func columnSums() throws {
    let goldblum = try values(of: "goldblum2020")
    func sum(_ values: [PaperValue], _ suffix: String) -> Double {
      values.filter { $0.id.hasSuffix("/" + suffix) }.reduce(0) { $0 + $1.value }
    }
    let table1 = goldblum.values(of: "table1-finetuning-algorithms")
    #expect(abs(sum(table1, "SVM") - 219.01) < 1e-9)
    #expect(abs(sum(table1, "MAML") - 200.19) < 1e-9)
    #expect(abs(sum(goldblum.values(of: "table4-cka"), "R_FC") - 3.20) < 1e-9)
    let huisman = try values(of: "huisman2022")
    #expect(
      abs(sum(huisman.values(of: "table3-1-image-classification"), "CUB/5-shot") - 5.69) < 1e-9)
    #expect(
      abs(
        sum(huisman.values(of: "table3-4-cross-domain"), "mini-ImageNet to CUB/1-shot") - 3.12)
        < 1e-9)
    let arnold = try values(of: "arnold2021")
    #expect(abs(sum(arnold.values(of: "tableB4-anil-meta-optimizers"), "KFO") - 225.86) < 1e-9)
    func total(_ target: String) -> Double {
      arnold.values(of: target).reduce(0) { $0 + $1.value }
    }
    #expect(abs(total("tableD5-linear-rates") - 4.0426) < 1e-9)
    #expect(abs(total("tableD6-adaptation-rates") - 6.763) < 1e-9)
    #expect(abs(total("tableD7-meta-rates") - 0.0375) < 1e-9)
  }

  @Test func uncertaintiesKeepTheirKind() throws {
    let goldblum = try values(of: "goldblum2020")
    #expect(goldblum["table1-finetuning-algorithms/MetaOptNet-M/SVM"]?.standardError == 0.31)
    #expect(goldblum["table6-weight-clustering/W-Clustering/1-shot"]?.standardError == 0.46)
    let turtle = try values(of: "huisman2022")["table3-1-image-classification/TURTLE/CUB/1-shot"]
    #expect(turtle?.asFraction == 0.53 && turtle?.standardError == nil)
    #expect(try values(of: "guiroy2019")["fig9-regularized-maml/MAML"]?.asFraction == 0.9405)
  }

  /// An accuracy of the paper lies above chance, and below the best that it reports.
  @Test func accuraciesLieAboveChance() throws {
    for value in try values(of: "huisman2022").values where value.unit == .fraction {
      #expect(value.value > 0.2 && value.value < 0.8, "\(value.id)")
    }
  }

  @Test func unreadableFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    let papers = folder.url.appending(path: "Data/papers")
    try FileManager.default.createDirectory(at: papers, withIntermediateDirectories: true)
    let data = try DataFolder.located(from: [papers])
    #expect(throws: PaperValuesError.self) { try PaperValues.load("guiroy2019", from: data) }

    let twice = """
      {"paper": "guiroy2019", "reference": "", "illegible": [], "values": [
        {"id": "guiroy2019/a/b", "value": 1, "unit": "count", "source": "x", "reading": "text"},
        {"id": "guiroy2019/a/b", "value": 2, "unit": "count", "source": "x", "reading": "text"}]}
      """
    let file = papers.appending(path: "guiroy2019.json")
    try Data(twice.utf8).write(to: file)
    #expect {
      try PaperValues.load("guiroy2019", from: data)
    } throws: { error in
      "\(error)".contains("guiroy2019/a/b occurs twice") && "\(error)".contains("guiroy2019.json")
    }
    try Data("{".utf8).write(to: file)
    #expect(throws: PaperValuesError.self) { try PaperValues.load("guiroy2019", from: data) }
  }

  @Test func noDataFolderIsSaid() {
    #expect(throws: DataFolderError.notFound(above: ["/"])) {
      try DataFolder.located(from: [URL(filePath: "/")])
    }
  }
}
