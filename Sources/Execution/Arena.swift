import CMalloc
import Foundation

/// The memory in which a plan is replayed: values at planned offsets, then registers of each worker.
public final class Arena {
  let values: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>
  let valueCount: Int
  let scratchCount: Int
  /// How many workers take part in each step.
  let workers: Int
  private let memory: UnsafeMutableRawPointer

  /// Memory for a plan's values and its largest step's registers, cleared.
  init(values valueCount: Int, scratch scratchCount: Int, workers: Int) {
    precondition(workers > 0, "there must be a worker")
    self.workers = workers
    _ = (KernelSet.chosen, Self.keepsFreedMemory)
    self.valueCount = valueCount
    self.scratchCount = scratchCount
    let bytes = (valueCount + scratchCount * workers + 64) * MemoryLayout<Float>.stride
    memory = .allocate(byteCount: bytes, alignment: bytes < Self.hugePage ? 64 : Self.hugePage)
    Self.useHugePages(memory, bytes)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    values = memory.assumingMemoryBound(to: Float.self)
    scratch = values + valueCount
  }

  private static let hugePage = 1 << 21

  /// Whether memory of earlier results stays with the process for the next ones.
  ///
  /// A meta-batch's gradients are gone after the update. The C library would give their memory back
  /// to the system each time, and the system clear it page by page: some 2 % of a meta-iteration.
  private static let keepsFreedMemory: Bool = {
    #if canImport(Glibc)
      mallopt(M_TRIM_THRESHOLD, 64 << 20)
      mallopt(M_MMAP_THRESHOLD, 32 << 20)
    #endif
    return true
  }()

  /// Asks for large pages: looking up small ones costs a second-order meta-iteration some 4 %.
  private static func useHugePages(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    #if os(Linux)
      if bytes >= hugePage { madvise(memory, bytes / hugePage * hugePage, MADV_HUGEPAGE) }
    #endif
  }

  func scratch(of worker: Int) -> UnsafeMutablePointer<Float> { scratch + worker * scratchCount }

  deinit { memory.deallocate() }
}
