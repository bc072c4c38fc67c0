import Tensors

@testable import Episodes

/// Small images whose pixels tell where they come from.
enum SampleImages {
  /// Classes of 2×2 images: pixel p of image i of class c is 60c + 8i + p.
  static func classes(_ classes: Int, images: Int) -> LabelledImages {
    var pixels: [UInt8] = []
    for label in 0..<classes {
      for image in 0..<images {
        for pixel in 0..<4 { pixels.append(UInt8(60 * label + 8 * image + pixel)) }
      }
    }
    return LabelledImages(
      name: "samples", imageShape: [2, 2, 1],
      classes: (0..<classes).map {
        ImageClass(
          name: "Runes/character\($0)", group: "Runes", images: $0 * images..<($0 + 1) * images)
      }, pixels: pixels)
  }
}
