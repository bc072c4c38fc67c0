import Foundation
import Plotting
import Testing

/// Pages that exercise every mark and every kind of layout; each is an example, and a golden scene.
struct SamplePage: Sendable, CustomTestStringConvertible {
  var name: String
  var page: any Page

  var testDescription: String { name }

  static let all: [SamplePage] = marks + layouts
}

/// Data of plain arithmetic: no random numbers, no clock.
enum SampleData {
  static let epochs = Array(stride(from: 0, through: 60, by: 4))

  /// A curve that saturates, with a ripple.
  static func rise(_ x: Double, to height: Double, _ phase: Double = 0) -> Double {
    height * (1 - exp(-x / 14)) + 0.012 * sin(x * 0.9 + phase)
  }

  /// A cloud that repeats itself only after many points.
  static func scatter(_ index: Int) -> Double {
    (Double(index) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1)
  }
}

extension SamplePage {
  private static func one(_ name: String, _ plot: Plot) -> SamplePage {
    SamplePage(name: name, page: Picture(plot, width: 3.25))
  }

  static let marks: [SamplePage] = [
    one(
      "line",
      Plot("Line", x: Axis("layers"), y: Axis("accuracy", style: .percent)) {
        Line([1, 2, 3, 4], [0.62, 0.81, 0.88, 0.9], label: "MAML")
        Line([1, 2, 3, 4], [0.8, 0.86, .nan, 0.91], label: "Meta-KFO")
      }),
    one(
      "band",
      Plot("Band and seeds", x: Axis("epoch"), y: Axis("loss")) {
        for seed in 0..<3 {
          Line(
            SampleData.epochs,
            SampleData.epochs.map { 1.1 - SampleData.rise(Double($0), to: 0.8, Double(seed)) },
            emphasis: .faint)
        }
        Band(
          SampleData.epochs,
          SampleData.epochs.map { x in
            let y = 1.1 - SampleData.rise(Double(x), to: 0.8)
            return y - 0.04...y + 0.06
          })
        Line(
          SampleData.epochs,
          SampleData.epochs.map { 1.1 - SampleData.rise(Double($0), to: 0.8) }, label: "support")
        ReferenceLine.horizontal(at: 0.25, label: "floor")
        ReferenceLine.vertical(at: 20)
      }),
    one(
      "points",
      Plot("Points", x: Axis("‖θ_i^{s} − \\tilde{θ}^{s}‖_2"), y: Axis("E[g_i^⊤ g_j]  (×10^{−3})")) {
        for (index, marker) in Marker.allCases.enumerated() {
          Points(
            (0..<4).map { SampleData.scatter($0 * 8 + index) },
            (0..<4).map { SampleData.scatter($0 * 13 + index) }, label: marker.rawValue)
        }
      }),
    one(
      "error-bars",
      Plot(
        "Error bars", x: Axis("shots", spacing: .logarithmic),
        y: Axis("error", spacing: .logarithmic)
      ) {
        ErrorBars(
          [1, 2, 5, 10, 20, 50], [0.5, 0.2, 0.06, 0.02, 0.006, 0.0015].map { $0 * 0.6...$0 * 1.5 })
        Points([1, 2, 5, 10, 20, 50], [0.5, 0.2, 0.06, 0.02, 0.006, 0.0015], label: "R^{2}")
      }),
    one(
      "bars",
      Plot(
        "Bars",
        x: Axis(categories: ["MAML", "Meta-SGD", "Meta-Curvature", "T-Nets", "Meta-KFO"]),
        y: Axis("accuracy", style: .percent)
      ) {
        Bars(
          [0.62, 0.71, 0.74, 0.7, 0.83],
          intervals: [0.6...0.64, 0.68...0.74, 0.7...0.78, 0.66...0.74, 0.81...0.85],
          label: "Omniglot")
        Bars([0.42, 0.46, 0.44, 0.45, 0.5], label: "CIFAR-FS")
      }),
    one(
      "histogram",
      histogram()),
    one(
      "heatmap",
      Plot("Heatmap", x: Axis("a"), y: Axis("b")) {
        Heatmap(
          Field(x: -1...1, y: -1...1, columns: 5, rows: 3) { x, y in x * y }, map: .diverging,
          label: "a·b")
      }),
    one(
      "contours",
      Plot("Contours", x: Axis("a"), y: Axis("b")) {
        Contours(
          Field(x: -2...2, y: -2...2, columns: 9, rows: 9) { x, y in x * x - y * y },
          levels: [-1.5, 0.5, 1.5])
      }),
    one(
      "segments",
      Plot("Segments", x: Axis("x"), y: Axis("y")) {
        Segments(from: [(0, 0), (1, 0)], to: [(0.5, 1), (1.5, 1)], label: "displacement")
        Segments.arrow(from: (0, 1), to: (1, 0.2), label: "gradient")
        Annotation("θ_0", x: 0, y: 1, .below)
        Annotation("λ_{max} = 3.2", in: .bottom)
      }),
  ]

  private static func histogram() -> Plot {
    let first = (0..<200).map { 1 + SampleData.scatter($0) + SampleData.scatter($0 * 7) }
    let second = (0..<200).map { 0.6 + SampleData.scatter($0) + SampleData.scatter($0 * 3) * 0.4 }
    let edges = Histogram.edges(covering: [first, second], bins: 12)
    return Plot("Histogram", x: Axis("distance travelled"), y: Axis("density")) {
      Histogram(first, edges: edges, isDensity: true, label: "Reptile")
      Histogram(second, edges: edges, isDensity: true, label: "weight clustering")
    }
  }
}
