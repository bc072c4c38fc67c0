/// Why a picture could not be read or written; its description is one line for the terminal.
package enum ImageError: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case unreadable(String, reason: String)
  case notAnImage(String)
  case truncated(String)
  case corrupt(String, reason: String)
  case tooLarge(String, width: Int, height: Int)
  case unwritable(String, reason: String)

  package var description: String {
    switch self {
    case .missing(let name):
      "\(name): no such image file. Check the path or the data root."
    case .unreadable(let name, let reason):
      "\(name): cannot read the image: \(reason)."
    case .notAnImage(let name):
      "\(name): neither a PNG nor a JPEG. Replace the file by the original image."
    case .truncated(let name):
      "\(name): the image ends before its last row. Copy or download the file again."
    case .corrupt(let name, let reason):
      "\(name): damaged image (\(reason)). Copy or download the file again."
    case .tooLarge(let name, let width, let height):
      "\(name): an image of \(width)×\(height) pixels is above the limit of "
        + "\(Image.largestSide) a side and \(Image.mostPixels) in all."
    case .unwritable(let name, let reason):
      "\(name): cannot write the image: \(reason)."
    }
  }
}
