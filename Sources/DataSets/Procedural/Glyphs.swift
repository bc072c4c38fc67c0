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
  /// The seed of everything.
  public var seed: Int

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

  /// The images, drawn now.
  public func dataSet() -> DataSet {
    ProceduralClasses(
      name: "glyphs", preparation: "procedural, seed \(seed)",
      imageShape: [Glyphs.side, Glyphs.side, 1], imagesPerClass: drawings,
      counts: [.train: trainClasses, .validation: validationClasses, .test: testClasses]
    ).dataSet(
      className: { part, index in
        let group = "\(part.rawValue)-alphabet\(index / Glyphs.alphabetSize + 1)"
        return ("\(group)/character\(index % Glyphs.alphabetSize + 1)", group)
      }, images: classDrawings)
  }

  private func classDrawings(_ part: DataSet.Part, _ index: Int) -> [UInt8] {
    let root = Generator(seed: seed).split("glyphs." + part.rawValue)
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
