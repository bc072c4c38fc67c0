import Claims
import Huisman2022Setup
import Plotting
import Reproduction

/// Table 3.3: three rows of Table 3.1.
@main
struct Table33Headline: ImageTable {
  static let identity: FigureIdentity = named(
    "table3-3-headline", title: "The meta-learner LSTM, MAML and TURTLE on images",
    summary: "Three meta-learners of Table 3.1, with its runs.")
  static let methods: [ImageMethod] = [.lstm, .maml, .turtle]
  static let isCrossDomain = false

  static func claims(_ scope: ClaimScope) -> [Claim<ImageResults>] { [turtleAtLeastMAML(scope)] }
}
