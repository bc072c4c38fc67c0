import Experiments
import Foundation

/// Bytes give arrays or an error, whatever they are; and arrays give bytes that read the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func weights(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Data(UnsafeBufferPointer(start: start, count: count))
  let arrays: SafeTensors
  do throws(SafeTensorsError) { arrays = try SafeTensors(decoding: bytes) } catch {
    precondition(!error.description.isEmpty)
    return 0
  }
  let again = arrays.encoded()
  // Not compared as arrays: a number that is none is unlike itself.
  precondition((try? SafeTensors(decoding: again))?.encoded() == again)
  return 0
}
