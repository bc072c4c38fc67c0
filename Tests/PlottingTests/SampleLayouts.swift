import Foundation
import Plotting

extension SamplePage {
  static let layouts: [SamplePage] = [
    SamplePage(name: "twin-axes", page: twinAxes),
    SamplePage(name: "small-multiples", page: smallMultiples),
    SamplePage(name: "landscape", page: landscape),
    SamplePage(name: "table", page: table),
  ]

  /// Two panels with two vertical axes, bands, and a scatter with its correlation inside.
  static let twinAxes = Picture(
    width: 6.75, columns: 2, sharing: .rows,
    caption: "glyphs (embedded), 5-way 1-shot; standard budget: 1,500 meta-iterations, 500 "
      + "meta-test episodes per epoch; 5 seeds; bands: 95 % interval over seeds (Student t)."
  ) {
    twin("First-order MAML", ripple: 0.2, reach: 0.14)
    twin("Second-order MAML", ripple: 1.4, reach: 0.19)
  }

  private static func twin(_ title: String, ripple: Double, reach: Double) -> Plot {
    let epochs = SampleData.epochs
    let accuracy = epochs.map { 0.2 + SampleData.rise(Double($0), to: 0.62, ripple) }
    let coherence = epochs.map { 0.01 + SampleData.rise(Double($0) * 0.8, to: reach, ripple) }
    return Plot(
      title, x: Axis("epoch"), y: Axis("target accuracy", style: .percent),
      right: Axis("coherence  E[\\tilde{θ}_i^⊤ \\tilde{θ}_j]")
    ) {
      Band(epochs, accuracy.map { $0 - 0.02...$0 + 0.02 })
      Line(epochs, accuracy, label: "accuracy")
      Band(epochs, coherence.map { $0 - 0.012...$0 + 0.012 })
      Line(epochs, coherence, label: "coherence").onRightAxis()
    }.inset(
      Plot("R = 0.97", x: Axis("coherence"), y: Axis("accuracy")) {
        Points(coherence, accuracy, size: 2.6).colored(.series(2))
      })
  }

  /// Five panels in two rows with common axes and one legend.
  static let smallMultiples = Picture(
    "Spectral norm of the support-loss Hessian at meta-test solutions", columns: 3,
    sharing: .both, legend: .shared,
    caption: "scenes (embedded); smoke budget; 3 seeds; bands: 95 % interval over seeds."
  ) {
    for (index, setting) in [
      "Omniglot 5-way 1-shot", "Omniglot 5-way 5-shot", "Omniglot 20-way 1-shot",
      "mini-ImageNet 5-way 1-shot", "mini-ImageNet 5-way 5-shot",
    ].enumerated() {
      Plot(setting, x: Axis("epoch"), y: Axis("‖H(\\tilde{θ}_i)‖_2")) {
        for order in 0..<2 {
          let epochs = SampleData.epochs
          let norm = epochs.map { epoch in
            let x = Double(epoch) / 12
            return 2 + Double(index) * 0.7 + (6 - 2 * Double(order)) * x * exp(-x)
          }
          Band(epochs, norm.map { $0 * 0.92...$0 * 1.1 })
          Line(epochs, norm, label: order == 0 ? "second order" : "first order")
        }
      }.grid()
    }
  }

  /// A heatmap with contours, arrows and a second panel of trajectories.
  static let landscape: Picture = {
    func loss(_ a: Double, _ b: Double) -> Double {
      let square = 1 - a * a - b * b
      return square * square + 0.4 * a * a * b * b
    }
    let field = Field(x: -1.6...1.6, y: -1.6...1.6, columns: 61, rows: 61, loss)
    return Picture(
      width: 6.75, columns: 2,
      caption:
        "α = 1; contours of the loss at 0.05, 0.2, 0.6, 1.5 and 3 on the left, at equal steps on the right."
    ) {
      Plot("MAML loss", x: Axis("a"), y: Axis("b")) {
        Heatmap(field, limits: 0...4, label: "loss L(a, b)")
        Contours(field, levels: [0.05, 0.2, 0.6, 1.5, 3]).colored(.color(.paper))
        Segments.arrow(from: (0.3, 0.1), to: (0.97, 0.06)).colored(.series(1))
        Points([1, -1, 0, 0], [0, 0, 1, -1], label: "minima").colored(.series(1))
      }
      Plot("Contours of two tasks", x: Axis("θ_1"), y: Axis("θ_2")) {
        Contours(field, label: "task i")
        Contours(
          Field(x: -1.6...1.6, y: -1.6...1.6, columns: 61, rows: 61) { loss($0 + 0.3, $1 * 1.2) },
          label: "task j")
        Segments.arrow(from: (0, 0), to: (0.8, 0.5), label: "Δ_i").colored(.series(4))
        Annotation("θ^{s}", x: 0, y: 0, .below)
      }
    }
  }()

  /// Values with intervals beside the paper's own.
  static let table = Table(
    "CNN(2), 5-way 5-shot accuracy (%)",
    columns: [
      Table.Column("Omniglot", digits: 1), Table.Column("CIFAR-FS", digits: 1),
      Table.Column("time (s)", digits: 0, best: .lowest),
    ],
    caption: "glyphs and scenes (embedded); standard budget; 5 seeds; ± is the half width of the "
      + "95 % interval over seeds; the paper's value in grey, bold the best of a column."
  ) {
    Table.Row(
      "MAML",
      [
        .value(66.4, 64.9...67.9, paper: 66.13), .value(59.2, 58.2...60.2, paper: 60.63),
        .value(12),
      ])
    Table.Row(
      "Meta-SGD",
      [.value(74.1, 73...75.3, paper: 74.2), .value(63, 62...64, paper: 62.9), .value(19)])
    Table.Row(
      "Meta-KFO",
      [.value(91.9, 91...92.9, paper: 92.49), .value(68.8, 67.1...70.5, paper: 68.89), .missing])
  }
}
