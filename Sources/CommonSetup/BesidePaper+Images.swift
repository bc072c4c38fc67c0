import DataSets
import Experiments
import Reproduction

extension BesidePaper {
  /// How a set's images are called in captions and files: `mini-ImageNet, 300 of 600 images a class`,
  /// `glyphs for Omniglot`.
  public func title(_ set: ImageSet) -> String { images[set.name] ?? set.title }

  /// How they are called above panels and columns: without how many there are, which stands below.
  public func heading(_ set: ImageSet) -> String { String(title(set).prefix { $0 != "," }) }
}

extension Study where Value: Codable {
  /// The same study, with the paper's own numbers for a figure and the names of the images beside
  /// its answer.
  public func besidePaper(
    _ figure: FigureIdentity, on images: [SetImages], _ options: FigureOptions
  ) throws -> Study<BesidePaper<Value>> {
    try besidePaper(
      figure,
      images: Dictionary(uniqueKeysWithValues: images.map { ($0.set.name, $0.description) }),
      isPapersWorld: options.budget == .paper && images.allSatisfy(\.isPublished))
  }
}
