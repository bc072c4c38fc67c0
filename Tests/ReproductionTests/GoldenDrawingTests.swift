import Experiments
import Foundation
import Plotting
import Testing

@testable import Reproduction

struct GoldenDrawingTests {
  private func drawing(
    _ values: [Double], title: String = "R = 0.91", label: String = "accuracy"
  ) throws -> GoldenDrawing {
    let plot = Plot(title, x: Axis("epoch"), y: Axis("accuracy")) {
      Line(values.indices.map(Double.init), values, label: label)
    }
    return try #require(GoldenDrawing(of: plot))
  }

  private let values = [0.2, 0.5, 0.6, 0.62]

  @Test func theSameDrawingHasNoDifferences() throws {
    let expected = try drawing(values)
    #expect(expected.pixels?.count == 64)
    for isExact in [true, false] {
      #expect(expected.differences(from: try drawing(values), isExact: isExact).isEmpty)
    }
    let coded = try CanonicalJSON.encode(expected)
    #expect(try CanonicalJSON.decode(GoldenDrawing.self, from: coded) == expected)
  }

  @Test func anExactDrawingHasTheSamePoints() throws {
    let other = try drawing([0.2, 0.5, 0.6, 0.6201])
    let differences = try drawing(values).differences(from: other, isExact: true)
    #expect(differences.count == 1)
    #expect(differences.first?.contains("0.6201") == true)
    // Smaller than what is listed, but in the pixels of a vertical axis that it shifts: nothing.
    #expect(try drawing(values).differences(from: other, isExact: false).isEmpty)
  }

  @Test func pixelsAreComparedWhereTheLibraryIsTheSame() throws {
    let expected = try drawing(values)
    var other = expected
    other.pixels = String(repeating: "0", count: 64)
    #expect(expected.differences(from: other, isExact: true).count == 1)
    other.drawnWith["cairo"] = "1.0"
    #expect(expected.differences(from: other, isExact: true).isEmpty)
  }

  @Test func elsewhereMarksAndWordsMustBeThere() throws {
    let expected = try drawing(values)
    func differences(_ other: GoldenDrawing?) -> [String] {
      expected.differences(from: other, isExact: false)
    }
    #expect(try differences(drawing(values, title: "R = 0.83")).isEmpty)
    #expect(try !differences(drawing(values, title: "S = 0.91")).isEmpty)
    #expect(try !differences(drawing(values, label: "loss")).isEmpty)
    #expect(try !differences(drawing(values.dropLast())).isEmpty)
    #expect(try !differences(drawing([0.2, 0.5, 0.2, 0.62])).isEmpty)
    #expect(!differences(nil).isEmpty)
  }
}
