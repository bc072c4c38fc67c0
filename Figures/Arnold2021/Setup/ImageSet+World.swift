import CommonSetup
import Episodes
import Experiments
import Reproduction

/// What the paper does with a data set.
extension ImageSet {
  /// The index of its column in Tables D.5–D.7.
  var index: Int {
    switch self {
    case .omniglot: 0
    case .cifarFS: 1
    case .miniImageNet: 2
    }
  }

  /// What `--data` may name.
  static let choices = ["embedded", "omniglot", "real"]

  /// Whether the published images are to be used, rather than the stand-in.
  func isReal(_ choice: String?) -> Bool {
    switch choice {
    case "real": true
    case "omniglot": self == .omniglot
    default: false
    }
  }

  /// What a figure says that it used.
  func description(_ options: FigureOptions) -> String {
    if isReal(options.data) { return title }
    return self == .omniglot ? "glyphs for Omniglot" : "scenes for \(title)"
  }

  /// The images at a size: drawn now, or read from a folder.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  func load(_ options: FigureOptions, side: Int) throws -> DataSet {
    try isReal(options.data)
      ? published(options, side: side) : standIn(options.budget, side: side)
  }

  private func standIn(_ budget: Budget, side: Int) -> DataSet {
    let isSmoke = budget == .smoke
    switch self {
    case .omniglot:
      return Glyphs(
        trainClasses: isSmoke ? 20 : 200, validationClasses: isSmoke ? 0 : 50,
        testClasses: isSmoke ? 10 : 100
      ).dataSet()
    case .cifarFS, .miniImageNet:
      return Scenes(
        trainClasses: isSmoke ? 10 : 64, validationClasses: isSmoke ? 0 : 16,
        testClasses: isSmoke ? 6 : 20, pictures: isSmoke ? 20 : 60, side: side,
        seed: seedOfScenes
      ).dataSet()
    }
  }
}
