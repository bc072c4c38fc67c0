import Episodes
import Tensors

/// The embedded stand-in for mini-ImageNet and CIFAR-FS: pictures of invented things in colour.
///
/// A class is a thing: parts of some shapes, colours and patterns, alone or in company, found in
/// some kinds of place. A picture shows it in a place of its own, larger or smaller, turned,
/// mirrored and stretched, in another light and among strangers. All of it is plain arithmetic,
/// so that bits do not depend on the machine.
public struct Scenes: Codable, Hashable, Sendable {
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
  /// Which of several sets: 0 stands in for CIFAR-FS, 1 for mini-ImageNet.
  public var series: Int
  /// The seed that classes, their division and pictures are drawn from.
  public var seed: Int

  /// The version of the generator; raised when a bit of any picture changes.
  static let version = 1

  /// Scenes in the given numbers; the classes are as many as mini-ImageNet's.
  public init(
    trainClasses: Int = 64, validationClasses: Int = 16, testClasses: Int = 20,
    pictures: Int = 60, side: Int = 32, series: Int = 0, seed: Int = 0
  ) {
    self.trainClasses = trainClasses
    self.validationClasses = validationClasses
    self.testClasses = testClasses
    self.pictures = pictures
    self.side = side
    self.series = series
    self.seed = seed
  }

  /// All that decides about the pixels.
  var recipe: String {
    "scenes \(Self.version): \(trainClasses) + \(validationClasses) + \(testClasses) classes "
      + "of \(pictures), \(side)×\(side), series \(series), data seed \(seed)"
  }

  /// The images, painted when the first is asked for.
  public func dataSet() -> DataSet {
    ProceduralClasses(
      name: "scenes", title: "scenes" + (seed == 0 ? "" : ", data seed \(seed)"), recipe: recipe,
      imageShape: [side, side, 3], imagesPerClass: pictures,
      counts: [.train: trainClasses, .validation: validationClasses, .test: testClasses]
    ).dataSet(
      className: { part, index in ("\(part.rawValue)/thing\(index + 1)", "") },
      images: classPictures)
  }

  private func classPictures(_ part: DataSet.Part, _ index: Int) -> [UInt8] {
    let own = ProceduralClasses.generator(series: series, seed: seed)
      .split("scenes." + part.rawValue).split("thing", index)
    var nature = own
    let subject = SceneSubject(using: &nature)
    return (0..<pictures).flatMap { picture in
      var view = own.split("picture", picture)
      return SceneView(of: subject, using: &view).bytes(side: side, using: &view)
    }
  }
}
