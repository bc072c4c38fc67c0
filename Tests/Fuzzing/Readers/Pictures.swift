import Imaging

/// Bytes give a picture or an error, whatever they are.
@_cdecl("LLVMFuzzerTestOneInput")
public func picture(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let image = try? Image(decoding: bytes, named: "fuzz") {
    precondition(image.pixels.count == image.width * image.height * image.channels)
  }
  _ = PNG.texts(in: bytes)
  return 0
}
