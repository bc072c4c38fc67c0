import DataSets
import Reproduction

extension ImageSet {
  /// The published images at a size, wherever they lie below the folder that a user names with
  /// `--data-root`.
  ///
  /// - Throws: What is missing or broken, with the file and the remedy.
  public func published(
    _ options: FigureOptions, side: Int, split: Omniglot.Split? = nil
  ) throws -> DataSet {
    guard let root = options.dataRoot else {
      throw FigureError.dataAbsent("\(title) needs --data-root, the folder where it lies")
    }
    return try ImageSource.published(self, side: side, below: root, split: split).dataSet()
  }

  /// The series of scenes that stands in for it beside that for another set of photographs.
  public var seriesOfScenes: Int { self == .cifarFS ? 0 : 1 }
}
