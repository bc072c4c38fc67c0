import Foundation
import Plotting

extension Fig1Metrics {
  func draw(_ results: Results) -> Picture {
    Picture(
      height: 3.05, columns: 3, sharing: .y,
      caption: "Thin lines: levels of each task's support loss. θ: the shared start; "
        + "\\tilde{θ}_i: the solution of task i after ten steps; u_i: the direction from one to the "
        + "other; g_i: minus the support gradient at θ. All of it is computed, in double "
        + "precision."
    ) {
      let angle = acos(results.pictured.coherence) * 180 / .pi
      plane(
        results,
        "curvature\n‖H_1‖ = \(number(results.pictured.curvatures[0])), "
          + "‖H_2‖ = \(number(results.pictured.curvatures[1]))"
      ) { task, _ in solution(results, task) }
      plane(
        results,
        "coherence of trajectories\nu_1·u_2 = \(number(results.pictured.coherence)) "
          + String(format: "(%.0f°)", angle)
      ) { task, ink in
        let path = results.paths[task]
        let (start, end) = (path[0], path[path.count - 1])
        return [
          Line([start[0], end[0]], [start[1], end[1]], markers: false).colored(ink),
          Annotation("u_\(task + 1)", x: end[0], y: end[1], .right),
        ]
      }
      plane(
        results,
        "coherence of gradients\ng_1·g_2 = \(number(results.pictured.gradientCoherence))",
        hasPaths: false
      ) { task, ink in
        let (start, g) = (results.paths[task][0], results.gradients[task])
        let tip = (start[0] + g[0], start[1] + g[1])
        return [
          Segments(from: [(start[0], start[1])], to: [tip], arrows: true, width: 1.6)
            .colored(ink),
          Annotation("g_\(task + 1)", x: tip.0, y: tip.1, .right),
        ]
      }
    }
  }

  private func number(_ value: Double) -> String { String(format: "%.2f", value) }

  private func solution(_ results: Results, _ task: Int) -> [any Mark] {
    let end = results.paths[task][results.paths[task].count - 1]
    return [Annotation("\\tilde{θ}_\(task + 1)", x: end[0], y: end[1], .right)]
  }

  /// Both landscapes, as a rule with both descents, and what a panel adds for each task.
  private func plane(
    _ results: Results, _ title: String, hasPaths: Bool = true,
    adding marks: (_ task: Int, Ink) -> [any Mark]
  ) -> Plot {
    let start = results.paths[0][0]
    return Plot(title, x: Axis("a"), y: Axis("b"), legend: .none) {
      for task in results.paths.indices {
        let ink = Ink.series(task)
        let path = results.paths[task]
        let lowest = results.losses[task].joined().min() ?? 0
        Contours(
          Field(x: results.a, y: results.b, values: results.losses[task]),
          levels: [0.01, 0.04, 0.1, 0.2, 0.4, 0.8].map { lowest + $0 }, width: 0.4
        ).colored(ink)
        if hasPaths {
          Segments(
            from: path.dropLast().map { ($0[0], $0[1]) },
            to: path.dropFirst().map { ($0[0], $0[1]) }, arrows: true, width: 0.8
          ).colored(.color(.ink))
          Points([path[path.count - 1][0]], [path[path.count - 1][1]], size: 5).colored(ink)
        }
        marks(task, ink)
      }
      Points([start[0]], [start[1]], size: 4).colored(.color(.ink))
      Annotation("θ", x: start[0], y: start[1], .left)
    }
  }
}
