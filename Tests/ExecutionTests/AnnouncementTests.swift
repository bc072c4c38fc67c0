import Dispatch
import Synchronization
import Testing

@testable import Execution

@Suite("Announcements: parts that nobody has taken")
struct AnnouncementTests {
  @Test func partsAreTakenFromEitherEnd() throws {
    let announcement = Announcement(step: 7, parts: 3)
    let first = try #require(announcement.take(first: true))
    #expect(first == (7, 0))
    let last = try #require(announcement.take(first: false))
    #expect(last == (7, 2))
    #expect(announcement.take(first: false)?.part == 1)
    #expect(announcement.isTaken && announcement.take(first: true) == nil)
    announcement.renew(step: 8, parts: 1)
    #expect(announcement.step == 8 && !announcement.isTaken)
    #expect(announcement.take(first: false)?.part == 0)
  }

  @Test func theLargestStepsFit() throws {
    let (steps, parts) = Announcement.limits
    let announcement = Announcement(step: steps - 1, parts: parts - 1)
    let last = try #require(announcement.take(first: false))
    #expect(last == (steps - 1, parts - 2))
  }

  @Test(arguments: 1...5)
  func eachPartIsTakenOnce(_ workers: Int) {
    for round in 0..<50 {
      let box = Box(parts: 97 + round)
      let taken = Mutex([Int](repeating: 0, count: 97 + round))
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while let (_, part) = box.announcement.take(first: worker % 2 == 0) {
          taken.withLock { $0[part] += 1 }
        }
      }
      #expect(taken.withLock { $0.allSatisfy { $0 == 1 } })
    }
  }

  private final class Box: Sendable {
    let announcement: Announcement
    init(parts: Int) { announcement = Announcement(step: 0, parts: parts) }
  }
}
