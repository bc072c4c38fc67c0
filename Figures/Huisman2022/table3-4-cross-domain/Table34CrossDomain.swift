import Claims
import Huisman2022Setup
import Plotting
import Reproduction

/// Table 3.4: the methods of Table 3.1, trained on one set and judged on the other.
@main
struct Table34CrossDomain: ImageTable {
  static let identity: FigureIdentity = named(
    "table3-4-cross-domain", title: "Few-shot image classification across domains",
    summary: "Methods trained on one data set and judged on unseen classes of the other, both ways."
  )
  static let methods: [ImageMethod] = ImageMethod.allCases
  static let isCrossDomain = true

  static func claims(_ scope: ClaimScope) -> [Claim<ImageResults>] {
    [secondOrderAcrossDomains(scope)]
  }
}
