import Claims
import CommonSetup
import DataSets
import Experiments
import Goldblum2020Setup
import Measurements
import Plotting
import Reproduction
import Statistics
import Training

/// Figure 2: ProtoNet's features draw unseen classes farther apart than a classifier's.
@main
struct Fig2LDAFeatures: ComputedFigure {
  static let identity = FigureIdentity(
    "fig2-lda-features", of: "Goldblum2020", title: "Features of unseen classes in their LDA plane",
    summary: "Three unseen classes in the plane of their two linear discriminants, by the features "
      + "of a classifier and of ProtoNet, and the variance ratio over many triples.",
    dataSets: Conv4Experiments.sets)
  static let departures =
    Departures.conv4 + [
      "The paper projects the images that its plane was chosen by. 300 points in 1,600 dimensions "
        + "can always be separated, so that here one half of the images chooses the plane and the "
        + "other half is shown and measured; the covariance within classes is drawn by a tenth "
        + "towards a multiple of the identity. At `standard` a class has 60 images instead of 100.",
      "ProtoNet is trained with the extractors' shots, five below `paper`; the paper does not say with how "
        + "many.",
      "The paper shows one triple of classes and measures nothing. Here the variance ratio is that "
        + "of R_FC, over many triples.",
    ]

  enum Arm: String, CaseIterable, Codable {
    case classical
    case protoNet

    var title: String { self == .classical ? "classical training" : "ProtoNet" }
  }

  struct Found: Codable, Sendable {
    var accuracy: Double
    var ratios: [Double]
    var firstPlane: [[[Double]]]

    var ratio: Double { ratios.reduce(0, +) / Double(ratios.count) }
  }

  private static let shrinkage = 0.1

  func study(_ options: FigureOptions) throws -> Study<Grid<Arm, Found>> {
    let experiments = try Conv4Experiments(options)
    return try grid(Arm.allCases, seeds: options.seeds) { arm, seed in
      switch arm {
      case .classical:
        try found(experiments.classicalBesideProtoNet(seed: seed), seed, experiments)
      case .protoNet: try found(experiments.protoNet(seed: seed), seed, experiments)
      }
    }.using(experiments.data)
  }

  private func found(
    _ training: some BackboneTraining, _ seed: UInt64, _ experiments: Conv4Experiments
  ) throws -> Study<Found> {
    try Study(experiments.accuracy(of: training, shots: 1)).and(
      Study(
        DiscriminantPlanes(
          start: BackboneFeatures(of: training), epoch: training.schedule.epochs,
          images: experiments.images(seed: seed).test,
          imagesPerClass: experiments.world.imagesInPlane, triples: experiments.world.triples,
          shrinkage: Self.shrinkage, seed: training.seed))
    ).map { Found(accuracy: $0[0].accuracy, ratios: $1.ratios, firstPlane: $1.firstPlane) }
  }

  func draw(_ results: Grid<Arm, Found>) -> Picture {
    let panels = results.found.map { (arm: $0.place, found: $0.values) }
    let planes = panels.map { $0.found.values[0].firstPlane }
    let ellipses = planes.map { $0.map(Ellipse.init) }
    let reach = (planes.joined().joined().joined() + ellipses.joined().flatMap { $0.x + $0.y })
      .reduce(0) { max($0, abs($1)) }
    let range = -1.05 * reach...1.05 * reach
    return Picture(
      width: 6.75, columns: 2, legend: .shared,
      caption: "Images that did not choose the plane, of the first triple of the first seed; unit: "
        + "one standard deviation within classes of the other half. Ellipses: mean and two standard "
        + "deviations of a class. ε: variance within classes beside that between them, mean over "
        + "triples, then over seeds, with 95 % intervals (Student’s t) "
        + panels.map { Self.words($0.found.map(\.ratio)) }.joined(separator: " and ") + "."
    ) {
      for (panel, ellipses) in zip(panels, ellipses) {
        Plot(
          String(format: "\(panel.arm.title), ε = %.2f", panel.found.map(\.ratio).mean),
          x: Axis("first discriminant", range: range), y: Axis("second discriminant", range: range)
        ) {
          for (index, points) in panel.found.values[0].firstPlane.enumerated() {
            Points(
              points.map { $0[0] }, points.map { $0[1] }, label: "class \(index + 1)",
              marker: Marker.allCases[index], size: 3.2
            ).colored(.series(index))
            Line(ellipses[index].x, ellipses[index].y, markers: false).colored(.series(index))
          }
        }
      }
    }
  }

  private static func words(_ ratio: PerSeed<Double>) -> String {
    let interval = ratio.interval()
    return interval.isBounded
      ? String(format: "%.2f to %.2f", interval.lower, interval.upper) : "that one seed has not"
  }

  static func claims(_ scope: ClaimScope) -> [Claim<Grid<Arm, Found>>] {
    [
      Claim(
        "goldblum2020/fig2-lda-features/meta-separates-better",
        quoting: "In the plots, we see that relative to the size of the point clusters, the "
          + "classically trained model mashes features together, while the meta-learned models "
          + "draws the classes farther apart.", at: "Section 4.3, Figure 2", gate: gate
      ) {
        Criterion(
          "variance ratio",
          statistic: "variance ratio in the plane, on images that did not choose it, of classical "
            + "training − that of ProtoNet, mean over triples of unseen classes", .positive
        ) { $0.gain(of: .classical, over: .protoNet) { $0.ratio } }
      }
    ]
  }

  /// Half of what the published networks gain over chance with one shot.
  ///
  /// ProtoNet has 49.42 % (Snell et al. 2017, Table 2), the nearest mean on a classifier's features
  /// 41.08 % (their Table 2).
  private static let gate = Competence.gate(
    "nearest mean, 1-shot", from: 0.2,
    to: [Arm.protoNet.title: 0.4942, Arm.classical.title: 0.4108]
  ) { (results: Grid<Arm, Found>) in results.named(\.title) { $0.accuracy } }

  func quantities(in results: Grid<Arm, Found>) -> [Quantity] {
    for (arm, found) in results.found {
      Quantity(
        "variance-ratio", at: ["training": arm.title], found.map(\.ratio),
        metric: "variance-ratio-\(arm.rawValue)")
      Quantity(
        "accuracy-1-shot", at: ["training": arm.title], found.map { 100 * $0.accuracy },
        metric: "accuracy-\(arm.rawValue)", within: .absolute(5))
    }
  }
}
