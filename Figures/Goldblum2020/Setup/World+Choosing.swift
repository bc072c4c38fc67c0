import CommonSetup
import DataSets
import Reproduction

extension World {
  /// What stands for a set where settings are chosen, on its classes for validation.
  ///
  /// Where the world has no such scenes, they are those that the same seed draws next.
  package func choosingImages(of set: ImageSet, _ options: FigureOptions) throws -> SetImages {
    var standIn = standIn
    if standIn.validationClasses == 0 {
      standIn = StandIn(
        trainClasses: 0, validationClasses: 20, testClasses: 0, pictures: standIn.pictures)
    }
    return try options.images(of: set, side: sides[set]) { [standIn] in
      standIn.scenes(series: set.seriesOfScenes, side: sides[set], seed: $0)
    }
  }
}
