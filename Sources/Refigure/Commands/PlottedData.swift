import ArgumentParser
import Experiments
import Foundation

/// Prints the numbers of a picture.
struct PlottedData: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "Prints the plotted series of a picture as CSV.")

  @Argument(help: ArgumentHelp("A PNG file of a figure.", valueName: "x.png")) var picture: String

  func run() throws {
    try StandardOutput.write(PicturedFigure(picture).csv)
  }
}
