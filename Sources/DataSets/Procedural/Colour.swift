/// A colour as red, green and blue in [0, 1].
typealias Colour = SIMD3<Double>

extension Colour {
  /// The colour of a hue in turns (0 red, 1/3 green), a saturation and a value.
  init(hue: Double, saturation: Double, value: Double) {
    let sector = (hue - hue.rounded(.down)) * 6
    func channel(_ offset: Double) -> Double {
      let place = (sector + offset).truncatingRemainder(dividingBy: 6)
      return value * (1 - saturation * Swift.min(Swift.max(Swift.min(place, 4 - place), 0), 1))
    }
    self.init(channel(5), channel(3), channel(1))
  }

  /// A colour between this one (0) and another (1).
  func mixed(with other: Colour, _ amount: Double) -> Colour { self + (other - self) * amount }
}
