import Episodes
import Tensors

/// The embedded stand-in for CUB-200: pictures of invented birds, which differ in little.
///
/// All have one body. A genus has its proportions, the ground of its plumage and the places where
/// it lives; its species differ in marks: crown and throat, bars on the wing, streaks on the breast,
/// a stripe through the eye. A picture shows a bird in a pose of its own, from nearer or farther,
/// turned to either side, on a branch or behind a leaf, in another light. All of it is plain
/// arithmetic, so that bits do not depend on the machine.
///
/// A seed's k-th class of a part is the same whatever the number of classes.
public struct Birds: Codable, Hashable, Sendable {
  /// The number of classes to learn from.
  public var trainClasses: Int
  /// The number of classes to choose settings with.
  public var validationClasses: Int
  /// The number of classes to judge with.
  public var testClasses: Int
  /// The number of pictures of each class.
  public var pictures: Int
  /// The side of a picture in pixels.
  public var side: Int
  /// The seed that classes, their division and pictures are drawn from.
  public var seed: Int

  /// The version of the generator; raised when a bit of any picture changes.
  static let version = 1
  /// The number of species in a genus.
  static let genusSize = 4

  /// Birds in the given numbers: half of the classes of CUB-200, with as many pictures of each as
  /// its first edition has.
  public init(
    trainClasses: Int = 50, validationClasses: Int = 25, testClasses: Int = 25,
    pictures: Int = 30, side: Int = 32, seed: Int = 0
  ) {
    self.trainClasses = trainClasses
    self.validationClasses = validationClasses
    self.testClasses = testClasses
    self.pictures = pictures
    self.side = side
    self.seed = seed
  }

  /// All that decides about the pixels.
  var recipe: String {
    "birds \(Self.version): \(trainClasses) + \(validationClasses) + \(testClasses) classes "
      + "of \(pictures), \(side)×\(side), data seed \(seed)"
  }

  /// The images, painted when the first is asked for.
  public func dataSet() -> DataSet {
    ProceduralClasses(
      name: "birds", title: "birds" + (seed == 0 ? "" : ", data seed \(seed)"), recipe: recipe,
      imageShape: [side, side, 3], imagesPerClass: pictures,
      counts: [.train: trainClasses, .validation: validationClasses, .test: testClasses]
    ).dataSet(
      className: { part, index in
        let genus = "\(part.rawValue)-genus\(index / Self.genusSize + 1)"
        return ("\(genus)/species\(index % Self.genusSize + 1)", genus)
      }, images: classPictures)
  }

  private func classPictures(_ part: DataSet.Part, _ index: Int) -> [UInt8] {
    let root = ProceduralClasses.generator(series: 0, seed: seed).split("birds." + part.rawValue)
    var kin = root.split("genus", index / Self.genusSize)
    let genus = BirdGenus(using: &kin)
    let own = root.split("species", index)
    var nature = own
    let species = BirdSpecies(of: genus, using: &nature)
    return (0..<pictures).flatMap { picture in
      var view = own.split("picture", picture)
      return BirdView(of: species, using: &view).bytes(side: side, using: &view)
    }
  }
}
