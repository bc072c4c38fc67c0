import DataSets
import Episodes
import Experiments
import Reproduction

/// What stands for a published set under some options: its images, or those that are drawn instead.
public struct SetImages: Sendable {
  /// The set.
  public let set: ImageSet
  /// Whether they are the published images.
  public let isPublished: Bool
  private let images: @Sendable (UInt64) -> DataSet

  /// Images of a set, or in its place.
  public init(
    set: ImageSet, isPublished: Bool, images: @escaping @Sendable (_ seed: UInt64) -> DataSet
  ) {
    (self.set, self.isPublished, self.images) = (set, isPublished, images)
  }

  /// The images that a run of some seed looks at.
  ///
  /// Published images are the same for all. Of stand-ins, classes and split are drawn for each seed,
  /// so that what is found over seeds speaks of the family and not of one draw.
  public func data(seed: UInt64) -> DataSet { images(seed) }

  /// How they are called in titles: the set's own name, or that of the stand-in.
  public var title: String { isPublished ? set.title : set.standIn }
  /// What captions and provenance say: `glyphs for Omniglot`.
  public var description: String {
    isPublished ? images(0).title : "\(set.standIn) for \(set.title)"
  }

  /// What tells the classes apart that experiments of some seeds look at.
  public func fingerprints(
    seeds: [UInt64], includingValidation isChosen: Bool = false, named name: String? = nil
  ) -> [DataFingerprint] {
    (isPublished ? [0] : seeds).map {
      DataFingerprint(
        name: name ?? description, digest: images($0).digest(includingValidation: isChosen))
    }
  }
}

extension [SetImages] {
  /// The images of one of the sets.
  ///
  /// - Throws: That it is none of them.
  public func images(of set: ImageSet) throws -> SetImages {
    guard let found = first(where: { $0.set == set }) else {
      throw FigureError.failed("\(set.title) is no set of this figure")
    }
    return found
  }
}

extension FigureOptions {
  /// The sets that a figure is made of: its own, or the one that the user names.
  public func sets(_ own: [ImageSet]) -> [ImageSet] {
    guard case .set(let name) = data else { return own }
    return ImageSet.published.filter { $0.name == name }
  }

  /// The images of a set, or what stands for them.
  ///
  /// - Parameters:
  ///   - set: The set.
  ///   - side: The side of its images.
  ///   - split: How Omniglot is divided, if not as usual.
  ///   - standIn: What is drawn for a data seed.
  /// - Returns: The images, or what is drawn in their place.
  /// - Throws: What is wrong with the data, and what to do; where published images are wanted of any
  ///   set that there is, one that is not there has its stand-in.
  public func images(
    of set: ImageSet, side: Int, split: Omniglot.Split? = nil,
    standIn: @escaping @Sendable (_ dataSeed: Int) -> DataSet
  ) throws -> SetImages {
    let drawn = SetImages(set: set, isPublished: false) { seed in
      standIn(Int(clamping: seed))
    }
    guard data != .standIns else { return drawn }
    do {
      let published = try set.published(self, side: side, split: split)
      return SetImages(set: set, isPublished: true) { _ in published }
    } catch DataError.absent where data == .published {
      return drawn
    }
  }
}
