import Foundation
import Synchronization
import Testing

@testable import Refigure

struct InOrderTests {
  private struct Refusal: Error, Equatable { var element: Int }

  @Test func valuesComeInOrderWheneverTheyAreReady() throws {
    let received = Mutex<[Int]>([])
    let values = try InOrder.map(Array(0..<40)) { element in
      // Early ones take longest.
      Thread.sleep(forTimeInterval: element % 4 == 0 ? 0.01 : 0)
      return element * element
    } receive: { value in
      received.withLock { $0.append(value) }
    }
    #expect(values == (0..<40).map { $0 * $0 })
    #expect(received.withLock(\.self) == values)
    #expect(try InOrder.map([Int]()) { $0 }.isEmpty)
  }

  @Test func theFirstErrorInOrderIsTheOneThatIsSaid() {
    let received = Mutex<[Int]>([])
    #expect(throws: Refusal(element: 5)) {
      try InOrder.map(Array(0..<40)) { element in
        if element >= 5 {
          Thread.sleep(forTimeInterval: element == 5 ? 0.02 : 0)
          throw Refusal(element: element)
        }
        return element
      } receive: { value in
        received.withLock { $0.append(value) }
      }
    }
    #expect(received.withLock(\.self) == Array(0..<5))
  }

  @Test func whoCannotReceiveEndsIt() {
    let begun = Mutex(0)
    #expect(throws: Refusal(element: 0)) {
      try InOrder.map(Array(0..<1000)) { element in
        begun.withLock { $0 += 1 }
        return element
      } receive: {
        throw Refusal(element: $0)
      }
    }
    #expect(begun.withLock(\.self) < 1000)
  }
}
