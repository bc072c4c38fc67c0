import Foundation

/// The line two standard deviations around the mean of points in the plane.
struct Ellipse {
  var x: [Double] = []
  var y: [Double] = []

  init(of points: [[Double]]) {
    let count = Double(points.count)
    let mean = [0, 1].map { axis in points.reduce(0) { $0 + $1[axis] } / count }
    func moment(_ a: Int, _ b: Int) -> Double {
      points.reduce(0) { $0 + ($1[a] - mean[a]) * ($1[b] - mean[b]) } / (count - 1)
    }
    // The circle of radius two under the Cholesky factor of the covariance.
    let first = moment(0, 0).squareRoot()
    let cross = first > 0 ? moment(0, 1) / first : 0
    let second = max(moment(1, 1) - cross * cross, 0).squareRoot()
    for step in 0...90 {
      let angle = 2 * Double.pi * Double(step) / 90
      x.append(mean[0] + 2 * first * cos(angle))
      y.append(mean[1] + 2 * (cross * cos(angle) + second * sin(angle)))
    }
  }
}
