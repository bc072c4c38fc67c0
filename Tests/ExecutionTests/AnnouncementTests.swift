import Dispatch
import Synchronization
import Testing

@testable import Execution

@Suite("Announcements: parts that nobody has taken")
struct AnnouncementTests {
  @Test func partsAreTakenFromEitherEnd() {
    let announcement = Announcement(step: 7, parts: 3)
    let taken = [true, false, false, true].map { announcement.take(first: $0) }
    #expect(taken.map { $0?.part } == [0, 2, 1, nil])
    #expect(taken.map { $0?.step } == [7, 7, 7, nil])
    let wasTaken = announcement.isTaken
    announcement.renew(step: 8, parts: 1)
    let (step, isTaken) = (announcement.step, announcement.isTaken)
    #expect(wasTaken && !isTaken && step == 8)
  }

  @Test func theLargestStepsFit() {
    let (steps, parts) = Announcement.limits
    let announcement = Announcement(step: steps - 1, parts: parts - 1)
    let last = announcement.take(first: false)
    #expect(last?.step == steps - 1 && last?.part == parts - 2)
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
