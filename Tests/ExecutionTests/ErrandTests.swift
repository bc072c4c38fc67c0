import Synchronization
import Tensors
import Testing

@testable import Execution

@Suite("Errands: steps that nobody waits for until later")
struct ErrandTests {
  /// When errands are done: as soon as they may be, or not before they must be.
  enum Moment: CaseIterable {
    case firstPossible, lastPossible
  }

  @Test func whatCanWaitIsAnErrand() {
    let plan = SmallHessian.product(shared: .always, fixing: 1).plan
    let steps = plan.groups.count - plan.agenda.errands.count
    #expect(plan.agenda.errands.count > 2)
    for (number, errand) in plan.agenda.errands.enumerated() {
      #expect(errand.opens < errand.closes && errand.closes <= steps)
      #expect(errand.after.allSatisfy { $0 < number })
      #expect(plan.groups[steps + number].steps.lowerBound >= plan.firstVaryingStep)
    }
    #expect(SmallHessian.product().plan.agenda.errands.isEmpty)
  }

  /// Nothing may depend on when an errand is done, nor on the order of parts within a group.
  @Test(arguments: Moment.allCases, [0, 1])
  func errandsMayRunAtAnyOfTheirTimes(_ moment: Moment, _ fixing: Int) {
    let program = SmallHessian.product(shared: .always, fixing: fixing)
    let (plan, x) = (program.plan, SmallHessian.x)
    let arguments = x + SmallHessian.directions[0]
    let expected = program(x, SmallHessian.directions[0], in: program.makeArena())
    let arena = program.makeArena()
    let steps = plan.agenda.stepCount
    let results = plan.withAddresses(of: arguments) { addresses in
      plan.makeResults { results in
        let places = Plan.Addresses(arguments: addresses, results: results)
        plan.withKernels(arena.values, places) { kernels in
          func run(_ group: Plan.Group) {
            for unit in plan.units[group.units].reversed() { kernels.run(unit, arena.scratch) }
            for step in group.steps { kernels.finish(step) }
          }
          for group in 0...steps {
            for (number, errand) in plan.agenda.errands.enumerated() {
              let time = moment == .firstPossible ? errand.opens : errand.closes
              if time == group { run(plan.groups[steps + number]) }
            }
            if group < steps { run(plan.groups[group]) }
          }
        }
      }
    }
    let isSame = results == expected
    #expect(isSame)
  }

  /// Values of errands are kept until these must be done.
  @Test func aSumInPlaceWaitsForAnErrandThatReadsItsFirstTerm() {
    let arguments = (0..<3).map {
      ShapedArray([Float](repeating: Float($0) / 8, count: 64), shape: [8, 8])
    }
    func body(_ x: [Tensor]) -> [Tensor] {
      let first = x[0].matmul(x[1])
      let side = first.matmul(x[2])
      var y = x[1].tanh()
      for _ in 0..<6 { y = y.matmul(x[2]).tanh() }
      return [(first + y.matmul(x[2])).tanh(), side.squared().summed()]
    }
    let plain = Program(like: arguments, tracing: body)
    let shared = Program(like: arguments, shared: .always, tracing: body)
    #expect(!shared.plan.agenda.errands.isEmpty)
    let expected = plain(arguments, in: plain.makeArena())
    for workers in 1...3 {
      let arena = shared.makeArena(workers: workers)
      for _ in 0..<50 { #expect(shared(arguments, in: arena) == expected) }
    }
  }

  /// Every errand is done once, after those that it needs, while it may be.
  @Test(arguments: 1...4)
  func aTeamDoesErrandsInTheirTime(_ workers: Int) {
    let errands = [
      Team.Errand(opens: 0, closes: 2, after: []), Team.Errand(opens: 1, closes: 3, after: [0]),
      Team.Errand(opens: 0, closes: 4, after: [1]), Team.Errand(opens: 1, closes: 4, after: [2]),
    ]
    // A step and an errand without parts, too.
    let units = [1, 3, 0, 2, 4, 1, 5, 0]
    for _ in 0..<200 {
      let team = Team(Agenda(units: units, errands: errands))
      let log = Mutex<[(number: Int, part: Int)]>([])
      let crew = Crew(workers: workers)
      crew.perform { worker in
        team.work(as: worker) { number, part in
          log.withLock { $0.append((number, part)) }
        } finish: { number in
          log.withLock { $0.append((number, -1)) }
        }
      }
      let entries = log.withLock { $0 }
      for (number, count) in units.enumerated() {
        let parts = entries.filter { $0.number == number }.map(\.part)
        #expect(parts.sorted() == Array(-1..<count) && parts.last == -1)
      }
      func begin(_ number: Int) -> Int { entries.firstIndex { $0.number == number } ?? -1 }
      func end(_ number: Int) -> Int { entries.firstIndex { $0 == (number, -1) } ?? -1 }
      for (number, errand) in errands.enumerated() {
        if errand.opens > 0 { #expect(begin(4 + number) > end(errand.opens - 1)) }
        if errand.closes < 4 { #expect(end(4 + number) < begin(errand.closes)) }
        for before in errand.after { #expect(begin(4 + number) > end(4 + before)) }
      }
    }
  }
}
