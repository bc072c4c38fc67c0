import Episodes
import Tensors

/// The embedded stand-in for Omniglot: characters of invented scripts, drawn by plain arithmetic.
///
/// An alphabet has a taste (round or angular, many strokes or few), a character a list of pen
/// strokes, a drawing its own hand: knots of the strokes shift, strokes slip, the whole is turned,
/// sheared and stretched, the pen is thin or broad. Images are 28×28×1 with ink = 1, as Omniglot's
/// are prepared; there are 20 drawings of a class, as in Omniglot.
///
/// A seed's k-th class of a part is the same whatever the number of classes, and bits do not
/// depend on the machine.
public struct Glyphs: Codable, Hashable, Sendable {
  /// The number of classes to learn from.
  public var trainClasses: Int
  /// The number of classes to choose settings with.
  public var validationClasses: Int
  /// The number of classes to judge with.
  public var testClasses: Int
  /// The number of drawings of each class.
  public var drawings: Int
  /// The seed that classes, their division and drawings are drawn from.
  public var seed: Int

  /// The version of the generator; raised when a bit of any drawing changes.
  static let version = 1
  /// The number of characters in an alphabet.
  static let alphabetSize = 25
  /// The side of an image in pixels.
  static let side = 28

  /// Glyphs in the given numbers.
  public init(
    trainClasses: Int = 200, validationClasses: Int = 50, testClasses: Int = 100,
    drawings: Int = 20, seed: Int = 0
  ) {
    self.trainClasses = trainClasses
    self.validationClasses = validationClasses
    self.testClasses = testClasses
    self.drawings = drawings
    self.seed = seed
  }

  /// All that decides about the pixels.
  var recipe: String {
    "glyphs \(Self.version): \(trainClasses) + \(validationClasses) + \(testClasses) classes "
      + "of \(drawings), data seed \(seed)"
  }

  /// The images, drawn when the first is asked for.
  public func dataSet() -> DataSet {
    ProceduralClasses(
      name: "glyphs", title: "glyphs" + (seed == 0 ? "" : ", data seed \(seed)"), recipe: recipe,
      imageShape: [Glyphs.side, Glyphs.side, 1], imagesPerClass: drawings,
      counts: [.train: trainClasses, .validation: validationClasses, .test: testClasses]
    ).dataSet(
      className: { part, index in
        let group = "\(part.rawValue)-alphabet\(index / Glyphs.alphabetSize + 1)"
        return ("\(group)/character\(index % Glyphs.alphabetSize + 1)", group)
      }, images: classDrawings)
  }

  private func classDrawings(_ part: DataSet.Part, _ index: Int) -> [UInt8] {
    let root = ProceduralClasses.generator(series: 0, seed: seed)
      .split("glyphs." + part.rawValue)
    var taste = root.split("alphabet", index / Glyphs.alphabetSize)
    let alphabet = GlyphAlphabet(using: &taste)
    let own = root.split("character", index)
    var shape = own
    let character = alphabet.character(using: &shape)
    return (0..<drawings).flatMap { drawing in
      var hand = own.split("drawing", drawing)
      return GlyphHand(using: &hand).draw(character, side: Glyphs.side, using: &hand)
    }
  }
}
