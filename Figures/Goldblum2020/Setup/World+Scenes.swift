import DataSets

extension World.StandIn {
  /// Scenes of a data seed.
  func scenes(series: Int, side: Int, seed: Int) -> DataSet {
    Scenes(
      trainClasses: trainClasses, validationClasses: validationClasses, testClasses: testClasses,
      pictures: pictures, side: side, series: series, seed: seed
    ).dataSet()
  }
}
