import Claims
import Experiments
import Reproduction
import Statistics

/// One panel of Figure 2: the curvature at the solutions of one setting, seed by seed.
public struct FlatnessPanel: Sendable {
  /// The setting, as in `Omniglot 5-way 1-shot, second order`.
  public var setting: String

  /// The epochs at which it was measured.
  public var epochs: [Double]

  /// The mean spectral norm of the support loss's Hessian, one curve over the epochs per seed.
  public var curvature: PerSeed<[Double]>

  /// A panel from its setting, epochs and curves.
  public init(_ setting: String, epochs: [Double], curvature: PerSeed<[Double]>) {
    self.setting = setting
    self.epochs = epochs
    self.curvature = curvature
  }

  /// A panel from plain curves, seeds × epochs.
  public init(_ setting: String, epochs: [Double], curvature: [[Double]]) {
    self.init(setting, epochs: epochs, curvature: PerSeed(curvature))
  }
}

/// One panel of Figure 5: coherence and accuracy of one setting, seed by seed.
public struct CoherencePanel: Sendable {
  /// The setting, as in `first order`.
  public var setting: String

  /// The mean cosine of trajectory directions, one curve over the epochs per seed.
  public var coherence: PerSeed<[Double]>

  /// The target accuracy at the same epochs of the same seeds.
  public var accuracy: PerSeed<[Double]>

  /// A panel from its setting and curves.
  public init(_ setting: String, coherence: PerSeed<[Double]>, accuracy: PerSeed<[Double]>) {
    self.setting = setting
    self.coherence = coherence
    self.accuracy = accuracy
  }

  /// A panel from plain curves, seeds × epochs.
  public init(_ setting: String, coherence: [[Double]], accuracy: [[Double]]) {
    self.init(setting, coherence: PerSeed(coherence), accuracy: PerSeed(accuracy))
  }
}

extension ClaimStatement {
  /// Figure 2, *peak-then-flatten*: curvature rises to a peak and then falls, in every setting.
  ///
  /// The peak is chosen on the other half of the seeds. The last value minus the value at the peak,
  /// and the slope from the peak on, must both be negative.
  public static func peakThenFlatten(settings: [String]) -> ClaimStatement {
    ClaimStatement(
      "guiroy2019/fig2-flatness/peak-then-flatten",
      quotation: Quotation(
        "Across all settings, we observe that MAML first finds sharper solutions until reaching a "
          + "peak, then as the number of epoch grows, those solutions become flatter.",
        at: "Section 5.1, Figure 2"),
      criteria: settings.flatMap { setting in
        [
          CriterionStatement(
            change(setting),
            statistic: "last curvature minus curvature at the peak of the other half of the seeds",
            rule: .negative),
          CriterionStatement(
            slopeAfterPeak(setting),
            statistic: "least-squares slope of curvature from that peak on, per epoch",
            rule: .negative),
        ]
      })
  }

  /// Figure 5, *coherence-tracks-accuracy*: their correlation over epochs is positive everywhere.
  ///
  /// One Pearson R per seed, Fisher's z, t over seeds. Spearman's R and the R of first differences
  /// accompany it, since two drifting curves correlate by accident.
  public static func coherenceTracksAccuracy(settings: [String]) -> ClaimStatement {
    ClaimStatement(
      "guiroy2019/fig5-coherence/coherence-tracks-accuracy",
      quotation: Quotation(
        "We clearly observe a correlation between the coherence of adaptation trajectories and "
          + "generalization to new tasks, with higher average inner product between trajectory "
          + "directions, thus smaller angles, being linked to higher average target accuracy on "
          + "those new tasks.",
        at: "Section 5.2, Figure 5"),
      criteria: settings.flatMap { setting in
        correlations.map { correlation, role in
          CriterionStatement(
            name(correlation, setting),
            statistic: "\(correlation.rawValue) of coherence and accuracy over epochs, per seed",
            rule: .positive, scale: .correlation, role: role)
        }
      })
  }

  fileprivate static var correlations: [(Correlation, CriterionStatement.Role)] {
    [(.pearson, .decides), (.spearman, .accompanies), (.firstDifferences, .accompanies)]
  }

  fileprivate static func name(_ correlation: Correlation, _ setting: String) -> String {
    "\(setting), \(correlation.rawValue)"
  }

  fileprivate static func change(_ setting: String) -> String { "\(setting), change after peak" }

  fileprivate static func slopeAfterPeak(_ setting: String) -> String {
    "\(setting), slope after peak"
  }
}

extension Evidence {
  /// What the panels of Figure 2 say about *peak-then-flatten*, by criterion.
  public static func peakThenFlatten(_ panels: [FlatnessPanel]) -> [String: Evidence] {
    var evidence: [String: Evidence] = [:]
    for panel in panels {
      let peak = HeldOutPeak(of: panel.curvature, over: panel.epochs)
      let undefined = Evidence.undefined(reason: "one seed leaves no other half to choose a peak")
      evidence[ClaimStatement.change(panel.setting)] = peak.map { .seeds($0.changes) } ?? undefined
      evidence[ClaimStatement.slopeAfterPeak(panel.setting)] =
        peak.map { .seeds($0.slopes) } ?? undefined
    }
    return evidence
  }

  /// What the panels of Figure 5 say about *coherence-tracks-accuracy*, by criterion.
  public static func coherenceTracksAccuracy(_ panels: [CoherencePanel]) -> [String: Evidence] {
    var evidence: [String: Evidence] = [:]
    for panel in panels {
      for (correlation, _) in ClaimStatement.correlations {
        evidence[ClaimStatement.name(correlation, panel.setting)] = .correlation(
          of: panel.coherence, and: panel.accuracy, by: correlation)
      }
    }
    return evidence
  }
}

extension Finding {
  /// What the panels of Figure 2 say about *peak-then-flatten*.
  public static func peakThenFlatten(
    _ panels: [FlatnessPanel], budget: Budget, data: String
  ) -> Finding {
    ClaimStatement.peakThenFlatten(settings: panels.map(\.setting))
      .finding(from: Evidence.peakThenFlatten(panels), budget: budget, data: data)
  }

  /// What the panels of Figure 5 say about *coherence-tracks-accuracy*.
  public static func coherenceTracksAccuracy(
    _ panels: [CoherencePanel], budget: Budget, data: String
  ) -> Finding {
    ClaimStatement.coherenceTracksAccuracy(settings: panels.map(\.setting))
      .finding(from: Evidence.coherenceTracksAccuracy(panels), budget: budget, data: data)
  }
}
