import Testing

@testable import Experiments

struct RunAgendaTests {
  /// A run that takes so long, if anyone knows.
  private struct Task: Experiment {
    static let name = "task"
    var number: Int
    var seconds: Double?
    var before: [Int] = []

    private enum CodingKeys: CodingKey { case number }
    var estimatedSeconds: Double? { seconds }
    var foundations: [any Experiment] { before.map { Task(number: $0, seconds: nil) } }
    func run(_ context: RunContext) async throws -> Int { number }
  }

  /// The order in which a lone worker does some runs.
  private static func order(of tasks: [Task]) throws -> [Int] {
    var agenda = RunAgenda(try tasks.map { try PlannedRun($0) }, workers: 1, memory: .max)
    var order: [Int] = []
    while let start = agenda.next(isBusy: { _ in false }) {
      order.append(tasks[start.index].number)
      agenda.end(RunEnd(index: start.index, error: nil))
    }
    return order
  }

  @Test func whatTakesLongestBeginsFirst() throws {
    let tasks = [1.0, 3, 2].enumerated().map { Task(number: $0, seconds: $1) }
    #expect(try Self.order(of: tasks) == [1, 2, 0])
  }

  @Test func whereNobodyKnowsTheLastBeginsFirst() throws {
    let tasks = (0..<4).map { Task(number: $0, seconds: nil) }
    #expect(try Self.order(of: tasks) == [3, 2, 1, 0])
  }

  @Test func whatBuildsOnAnotherComesAfterIt() throws {
    let tasks = [
      Task(number: 0, seconds: nil), Task(number: 1, seconds: nil, before: [0]),
      Task(number: 2, seconds: nil), Task(number: 3, seconds: nil, before: [2]),
    ]
    #expect(try Self.order(of: tasks) == [2, 3, 0, 1])
  }
}
