import Episodes
import Reproduction

extension DataError: DataAbsence {
  /// Whether files are missing; what is there but broken is not absent.
  public var isAbsence: Bool {
    if case .missing = self { true } else { false }
  }
}
