import Episodes
import Synchronization

/// The pixels that somebody in this process holds, by what they are: equal images are made once,
/// and are gone with the last who holds them.
enum SharedPixels {
  private struct Held { weak var pixels: PixelsOnDemand? }
  private static let held = Mutex<[String: Held]>([:])

  /// The pixels of a name, made when the first image is asked for.
  static func pixels(
    of name: String, _ make: @escaping @Sendable () -> any PixelSource
  ) -> PixelsOnDemand {
    held.withLock { held in
      if let pixels = held[name]?.pixels { return pixels }
      held = held.filter { $0.value.pixels != nil }
      let pixels = PixelsOnDemand(make)
      held[name] = Held(pixels: pixels)
      return pixels
    }
  }
}
