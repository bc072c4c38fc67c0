import DataSets

extension DataSet {
  /// The fingerprints of the classes that an experiment looks at, one after the other: those to learn
  /// from, those that choose an epoch or settings if any do, and those to judge with.
  public func digest(includingValidation isChosen: Bool) -> String {
    train.fingerprint + (isChosen ? validation.fingerprint : "") + test.fingerprint
  }
}
