import DataSets
import Reproduction

extension DataError: DataAbsence {
  /// Whether nothing of a set is there; what is there in part or broken is not absent.
  public var isAbsence: Bool {
    if case .absent = self { true } else { false }
  }
}
