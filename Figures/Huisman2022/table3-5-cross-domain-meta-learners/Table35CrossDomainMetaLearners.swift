import Claims
import Huisman2022Setup
import Plotting
import Reproduction

/// Table 3.5: the meta-learners' rows of Table 3.4.
@main
struct Table35CrossDomainMetaLearners: ImageTable {
  static let identity: FigureIdentity = named(
    "table3-5-cross-domain-meta-learners", title: "Meta-learners across domains",
    summary: "The meta-learners of Table 3.4, with its runs.")
  static let methods: [ImageMethod] = ImageMethod.metaLearners
  static let isCrossDomain = true

  static func claims(_ scope: ClaimScope) -> [Claim<ImageResults>] {
    [secondOrderAcrossDomains(scope)]
  }
}
