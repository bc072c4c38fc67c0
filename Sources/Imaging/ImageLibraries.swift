import CJPEG
import CPNG

/// What images are read and written with.
package enum ImageLibraries {
  /// The version of libpng that runs.
  package static var png: String {
    let number = Int(png_access_version_number())
    return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
  }

  /// The version of libjpeg's interface.
  package static var jpeg: Int { Int(JPEG_LIB_VERSION) }
}
