/// The settings of each budget: the rows of a table that has all of them.
public struct BudgetTable<Settings: Sendable>: Sendable {
  private let smoke, standard, overnight, paper: Settings

  /// A row for every budget.
  public init(smoke: Settings, standard: Settings, overnight: Settings, paper: Settings) {
    (self.smoke, self.standard, self.overnight, self.paper) = (smoke, standard, overnight, paper)
  }

  /// The row of a budget.
  public subscript(budget: Budget) -> Settings {
    switch budget {
    case .smoke: smoke
    case .standard: standard
    case .overnight: overnight
    case .paper: paper
    }
  }
}
