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
  /// The images.
  public let data: DataSet

  /// How they are called in titles: the set's own name, or that of the stand-in.
  public var title: String { isPublished ? set.title : set.standIn }
  /// What captions and provenance say: `glyphs for Omniglot`.
  public var description: String { isPublished ? data.title : "\(set.standIn) for \(set.title)" }

  /// What tells the classes apart that an experiment looks at.
  public func fingerprint(
    includingValidation isChosen: Bool = false, named name: String? = nil
  ) -> DataFingerprint {
    DataFingerprint(
      name: name ?? description, digest: data.digest(includingValidation: isChosen))
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
  /// - Throws: What is wrong with the data, and what to do; where published images are wanted of any
  ///   set that there is, one that is not there has its stand-in.
  public func images(
    of set: ImageSet, side: Int, split: Omniglot.Split? = nil, standIn: () -> DataSet
  ) throws -> SetImages {
    guard data != .standIns else {
      return SetImages(set: set, isPublished: false, data: standIn())
    }
    do {
      return SetImages(
        set: set, isPublished: true, data: try set.published(self, side: side, split: split))
    } catch DataError.absent where data == .published {
      return SetImages(set: set, isPublished: false, data: standIn())
    }
  }
}
