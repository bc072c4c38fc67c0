import Claims
import Foundation
import Huisman2022Setup
import Reproduction
import Statistics

extension Fig34RunningTime {
  static func claims(_ scope: ClaimScope) -> [Claim<Results>] {
    [
      Claim(
        "huisman2022/fig3-4-running-time/first-order-fastest",
        quoting:
          "As we can see, the first-order algorithms are the fastest, while the second-order "
          + "algorithms are slower (so-MAML and TURTLE).", at: "Section 3.5.5, Figure 3.4"
      ) {
        for shots in ImageProtocol.shots {
          for slow in [ImageMethod.maml, .turtle] {
            for fast in [ImageMethod.foMAML, .foTURTLE] {
              Criterion(
                "\(slow.rawValue) over \(fast.rawValue), \(shots)-shot",
                statistic: "measured time of the whole training of \(slow.rawValue) at the paper's "
                  + "size, in units of that of \(fast.rawValue), turn by turn",
                .above(threshold: 1), in: .times
              ) { _, times in
                times.ratios(of: timedName(slow, shots), to: timedName(fast, shots))
                  .map { .seeds($0) }
              }
            }
          }
        }
      },
      Claim(
        "huisman2022/fig3-4-running-time/turtle-costs-like-so-maml",
        quoting:
          "TURTLE is, despite its name, not much slower than the second-order MAML (SO-MAML)",
        at: "Section 3.5.5"
      ) {
        for shots in ImageProtocol.shots {
          Criterion(
            "\(shots)-shot",
            statistic: "logarithm of the measured time of TURTLE's whole training at the paper's "
              + "size, in units of that of second-order MAML, turn by turn",
            .equivalent(margin: log(1.25))
          ) { _, times in
            times.ratios(of: timedName(.turtle, shots), to: timedName(.maml, shots))
              .map { .seeds($0.map(log)) }
          }
        }
      },
    ]
  }
}
