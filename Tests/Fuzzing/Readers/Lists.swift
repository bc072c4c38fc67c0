/// Bytes give rows of fields or an error, whatever they are.
@_cdecl("LLVMFuzzerTestOneInput")
public func list(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let rows = try? CommaSeparated.rows(of: bytes, path: "fuzz") {
    for row in rows { precondition(!row.fields.isEmpty && row.line > 0) }
  }
  return 0
}
