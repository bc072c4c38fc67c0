import Synchronization

/// The bytes of images of one size, numbered from zero, wherever they are kept.
package protocol PixelSource: Sendable {
  /// Gives the bytes of one image, which hold during the call, to what needs them.
  func withImage(_ index: Int, size: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void)
}

/// Images laid one after another.
package struct PixelsInMemory: PixelSource {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func withImage(_ index: Int, size: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[index * size..<(index + 1) * size]))
    }
  }
}

/// Images that are made when the first of them is asked for, and live as long as this does.
package final class PixelsOnDemand: PixelSource {
  private let source = Mutex<(any PixelSource)?>(nil)
  private let make: @Sendable () -> any PixelSource

  package init(_ make: @escaping @Sendable () -> any PixelSource) { self.make = make }

  package func withImage(_ index: Int, size: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    // Whoever else asks meanwhile waits: nothing is made twice.
    let made = source.withLock { source in
      let made = source ?? make()
      source = made
      return made
    }
    made.withImage(index, size: size, body)
  }
}
