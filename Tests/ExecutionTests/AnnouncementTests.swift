import Dispatch
import Synchronization
import Testing

@testable import Execution

@Suite("Announcements: parts that nobody has taken")
struct AnnouncementTests {
  @Test func aWorkerTakesItsShareFromItsEnd() throws {
    let announcement = Announcement(step: 7, parts: 10)
    let first = try #require(announcement.take(first: true, among: 2))
    #expect(first.step == 7 && first.parts == 0..<5)
    let last = try #require(announcement.take(first: false, among: 2))
    #expect(last.step == 7 && last.parts == 7..<10)
    #expect(announcement.take(first: true, among: 1)?.parts == 5..<7)
    #expect(announcement.isTaken && announcement.take(first: true, among: 2) == nil)
    announcement.renew(step: 8, parts: 1)
    #expect(announcement.step == 8 && !announcement.isTaken)
    #expect(announcement.take(first: false, among: 3)?.parts == 0..<1)
  }

  @Test func theLargestStepsFit() {
    let parts = Announcement.limits.parts - 1
    let announcement = Announcement(step: Announcement.limits.steps - 1, parts: parts)
    let taken = announcement.take(first: false, among: parts)
    #expect(taken?.step == Announcement.limits.steps - 1)
    #expect(taken?.parts == parts - 1..<parts)
  }

  @Test(arguments: 1...5)
  func eachPartIsTakenOnce(_ workers: Int) {
    for round in 0..<50 {
      let box = Box(parts: 97 + round)
      let taken = Mutex([Int](repeating: 0, count: 97 + round))
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while let (_, parts) = box.announcement.take(first: worker % 2 == 0, among: workers) {
          taken.withLock { for part in parts { $0[part] += 1 } }
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
