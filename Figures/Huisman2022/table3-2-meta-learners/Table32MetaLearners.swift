import Claims
import Huisman2022Setup
import Plotting
import Reproduction

/// Table 3.2: the meta-learners' rows of Table 3.1.
@main
struct Table32MetaLearners: ImageTable {
  static let identity: FigureIdentity = named(
    "table3-2-meta-learners", title: "Meta-learners on images",
    summary: "The meta-learners of Table 3.1, with its runs.")
  static let methods: [ImageMethod] = ImageMethod.metaLearners
  static let isCrossDomain = false

  static func claims(_ scope: ClaimScope) -> [Claim<ImageResults>] { [turtleAtLeastMAML(scope)] }
}
