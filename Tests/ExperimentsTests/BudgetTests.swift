import Experiments
import Testing

struct BudgetTests {
  @Test func budgetsGrow() {
    #expect(Budget.allCases == Budget.allCases.sorted())
    #expect(Set(Budget.allCases.map(\.rawValue)).count == 4)
  }

  @Test func aMissingValueIsThatOfTheNextSmaller() {
    #expect(Budget.allCases.map { $0.pick(smoke: 1, standard: 2) } == [1, 2, 2, 2])
    #expect(Budget.allCases.map { $0.pick(smoke: 1, standard: 2, paper: 4) } == [1, 2, 2, 4])
    #expect(Budget.allCases.map { $0.pick(smoke: 1, standard: 2, overnight: 3) } == [1, 2, 3, 3])
  }
}
