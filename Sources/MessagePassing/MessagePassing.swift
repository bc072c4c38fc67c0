import Experiments
import Foundation

#if MPI
  import CMPI
#endif

/// The processes that a launcher of MPI has started this one among, where it was built with the trait
/// `MPI`.
public enum MessagePassing {
  /// The group of this process, or nothing if it is alone or was built without MPI.
  ///
  /// To be asked once.
  public static func group() -> (any ProcessGroup)? {
    #if MPI
      // A process that nobody launched would be initialised too, at the cost of half a second.
      guard isLaunched else { return nil }
      let group = MPIGroup()
      return group.size > 1 ? group : nil
    #else
      nil
    #endif
  }

  /// Leaves the group before the process ends; with another code than 0 all others, which may be
  /// waiting for this one, end too.
  public static func end(with code: Int32) {
    #if MPI
      guard isLaunched else { return }
      if code == 0 { MPI_Finalize() } else { MPI_Abort(refigure_world(), code) }
    #endif
  }

  #if MPI
    private static var isLaunched: Bool {
      let environment = ProcessInfo.processInfo.environment
      return ["OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_SIZE"].contains { environment[$0] != nil }
    }
  #endif
}
