/// The memory in which one worker replays a plan: values at planned offsets, then registers.
public final class Arena {
  let values: UnsafeMutablePointer<Float>
  let scratch: UnsafeMutablePointer<Float>
  let valueCount: Int
  let scratchCount: Int
  private let memory: UnsafeMutableRawPointer

  /// Memory for a plan's values and its largest step's registers, cleared.
  init(values valueCount: Int, scratch scratchCount: Int) {
    precondition(KernelSet.isSingleThreaded)
    let alignment = 64
    self.valueCount = valueCount
    self.scratchCount = scratchCount
    let bytes = (valueCount + scratchCount + 64) * MemoryLayout<Float>.stride
    memory = .allocate(byteCount: bytes, alignment: alignment)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    values = memory.assumingMemoryBound(to: Float.self)
    scratch = values + valueCount
  }

  deinit { memory.deallocate() }
}
