/// Bytes give labels and pictures or an error, whatever they are.
@_cdecl("LLVMFuzzerTestOneInput")
public func records(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let records = try? BinaryRecords(bytes, path: "fuzz") {
    for (index, label) in records.labels.enumerated() {
      precondition((0...255).contains(label) && records.image(index).pixels.count == 3072)
    }
  }
  return 0
}
