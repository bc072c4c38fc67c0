extension Image {
  /// The picture at another size, filtered along rows, rounded to 8 bits, then along columns.
  ///
  /// Equal to Pillow's `resize` with `LANCZOS` or `BOX`, bit for bit; alpha, if any, is filtered
  /// like a colour.
  package func resized(width: Int, height: Int, filter: ResamplingFilter = .lanczos) -> Image {
    precondition(width > 0 && height > 0, "cannot resize to \(width)×\(height)")
    var image = self
    if width != self.width {
      image = image.filteredAlongRows(
        ResamplingWeights(from: self.width, to: width, filter: filter))
    }
    if height != self.height {
      image = image.filteredAlongColumns(
        ResamplingWeights(from: self.height, to: height, filter: filter))
    }
    return image
  }

  private func filteredAlongRows(_ filter: ResamplingWeights) -> Image {
    let width = filter.windows.count
    var result = [UInt8](repeating: 0, count: width * height * channels)
    for y in 0..<height {
      for (x, window) in filter.windows.enumerated() {
        let first = (y * self.width + window.start) * channels
        for channel in 0..<channels {
          result[(y * width + x) * channels + channel] =
            filtered(first + channel, stride: channels, window.weights)
        }
      }
    }
    return Image(width: width, height: height, channels: channels, pixels: result)
  }

  private func filteredAlongColumns(_ filter: ResamplingWeights) -> Image {
    let row = width * channels
    var result = [UInt8](repeating: 0, count: filter.windows.count * row)
    for (y, window) in filter.windows.enumerated() {
      for x in 0..<row {
        result[y * row + x] = filtered(window.start * row + x, stride: row, window.weights)
      }
    }
    return Image(width: width, height: filter.windows.count, channels: channels, pixels: result)
  }

  private func filtered(_ first: Int, stride: Int, _ weights: [Int32]) -> UInt8 {
    var sum = Int32(1) << (ResamplingWeights.precision - 1)
    for (index, weight) in weights.enumerated() {
      sum &+= Int32(pixels[first + index * stride]) &* weight
    }
    return UInt8(clamping: sum >> ResamplingWeights.precision)
  }
}
