#if MPI
  import CMPI
  import Experiments
  import Foundation

  /// The processes that `mpirun` or `srun` has started.
  ///
  /// One call at a time, from whichever thread. What goes wrong between processes ends them all: MPI
  /// says why, and the store has every epoch that was done.
  struct MPIGroup: ProcessGroup {
    let rank: Int
    let size: Int

    /// Joins the other processes.
    init() {
      var provided: Int32 = 0
      MPI_Init_thread(nil, nil, Int32(MPI_THREAD_SERIALIZED), &provided)
      precondition(
        provided >= Int32(MPI_THREAD_SERIALIZED), "this MPI takes no calls from several threads")
      var (rank, size): (Int32, Int32) = (0, 0)
      MPI_Comm_rank(refigure_world(), &rank)
      MPI_Comm_size(refigure_world(), &size)
      (self.rank, self.size) = (Int(rank), Int(size))
    }

    func broadcast(_ data: Data) async throws -> Data {
      var count = Self.count(of: data)
      MPI_Bcast(&count, 1, refigure_int(), 0, refigure_world())
      var bytes = rank == 0 ? [UInt8](data) : [UInt8](repeating: 0, count: Int(count))
      MPI_Bcast(&bytes, count, refigure_byte(), 0, refigure_world())
      return Data(bytes)
    }

    func allGather(_ data: Data) async throws -> [Data] {
      var count = Self.count(of: data)
      var counts = [Int32](repeating: 0, count: size)
      MPI_Allgather(&count, 1, refigure_int(), &counts, 1, refigure_int(), refigure_world())
      let starts = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) }
      precondition(starts[size] <= Int(Int32.max), "2 GiB are more than MPI sends at once")
      let places = starts.dropLast().map { Int32($0) }
      let own = [UInt8](data)
      var all = [UInt8](repeating: 0, count: starts[size])
      MPI_Allgatherv(
        own, count, refigure_byte(), &all, counts, places, refigure_byte(), refigure_world())
      return (0..<size).map { Data(all[starts[$0]..<starts[$0 + 1]]) }
    }

    private static func count(of data: Data) -> Int32 {
      precondition(data.count <= Int(Int32.max), "2 GiB are more than MPI sends at once")
      return Int32(data.count)
    }
  }
#endif
