import Foundation
import Imaging
import Processes
import TestSupport
import Testing

@testable import DataSets
@testable import Refigure

/// A figure on images of which there are too few for some of its panels.
struct LackingImagesTests {
  /// Six pictures of each class of mini-ImageNet are enough for one shot and not for five.
  @Test func panelsThatCannotBeMadeAreNamedAndTheOthersDrawn() throws {
    let folder = try TemporaryFolder()
    for (label, name) in try ImageSet.miniImageNet.lists.names().enumerated() {
      for number in 0..<6 {
        let pixels = (0..<16 * 16 * 3).map { UInt8(($0 * (label + 3) + 17 * number) % 251) }
        let image = Image(width: 16, height: 16, channels: 3, pixels: pixels)
        try folder.write(
          PNG.encoding(image, dotsPerInch: 72), to: "images/\(name)/picture\(number).png")
      }
    }
    let figure = ChildProcess(
      FigureExecutable.executableFolder.appending(path: "fig12-gradient-coherence-full"),
      [
        "--budget", "smoke", "--seeds", "1", "--data", "mini-imagenet", "--data-root",
        folder.url.appending(path: "images").path, "--format", "svg", "--output",
        folder.url.appending(path: "Output").path,
      ], adding: ["XDG_CACHE_HOME": folder.url.appending(path: "cache").path],
      output: .collected, errors: .collected)
    let outcome = try figure.run()
    #expect(outcome.code == 0, "\(String(decoding: outcome.errors, as: UTF8.self))")
    let made = folder.url.appending(path: "Output/figures/fig12-gradient-coherence-full")
    let table = try String(contentsOf: made.appendingPathExtension("csv"), encoding: .utf8)
    #expect(table.contains("5-way 1-shot") && !table.contains("5-shot"))
    let record = try String(contentsOf: made.appendingPathExtension("json"), encoding: .utf8)
    for words in ["5-shot", "has 6 images, but 5 shots and 3 queries need 8"] {
      #expect(record.contains(words))
    }
  }
}
