import Foundation
import Imaging
import Plotting
import Testing

/// Compares what sample pages show with stored listings; `REGENERATE=1` renews these.
struct SamplePageTests {
  private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Golden")

  @Test(arguments: SamplePage.all)
  func showsWhatItShowed(_ sample: SamplePage) throws {
    let file = Self.golden.appendingPathComponent(sample.name + ".txt")
    let listing = sample.page.scene.listing
    if ProcessInfo.processInfo.environment["REGENERATE"] == "1" {
      try Data(listing.utf8).write(to: file)
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    let difference = zip(listing.split(separator: "\n"), expected.split(separator: "\n"))
      .first { $0 != $1 }
    #expect(
      listing == expected, "first difference: \(difference?.0 ?? "-") was \(difference?.1 ?? "-")")
  }

  /// Writes pictures to look at, when a folder is named.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["GALLERY"] != nil),
    arguments: SamplePage.all)
  func fillsTheGallery(_ sample: SamplePage) throws {
    let folder = try #require(ProcessInfo.processInfo.environment["GALLERY"])
    for format in PageFormat.allCases {
      try sample.page.write(to: "\(folder)/\(sample.name).\(format.rawValue)", as: format)
    }
  }
}
