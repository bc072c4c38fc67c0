/// Quadratic programs, and the systems of their free elements; works in double precision.
struct QuadraticProgramKernel {
  /// What the second and third operand are, and what is wanted.
  enum Form {
    /// P and U; the solution.
    case program
    /// The free elements and R; how the solution moves.
    case freeElements

    func evaluated(
      _ matrix: [Double], _ second: [Double], _ third: [Double], size: Int
    ) -> [Double] {
      let columns = second.count / max(size, 1)
      return switch self {
      case .program:
        QuadraticProgram(matrix, linear: second, bound: third, size: size, columns: columns)
          .solution()
      case .freeElements:
        FreeSystem(matrix, size: size, columns: columns, isFree: second.map { $0 != 0 })
          .solve(third)
      }
    }
  }

  var form: Form
  var batch: Int
  var size: Int
  var columns: Int
  var matrix: Int
  var second: Int
  var third: Int
  var result: Int

  /// Where H is not positive definite, the result is NaN, which training reports.
  func run(_ values: UnsafeMutablePointer<Float>, _ index: Int) {
    func numbers(_ start: Int, _ count: Int) -> [Double] {
      (0..<count).map { Double(values[start + index * count + $0]) }
    }
    let count = size * columns
    let solution = form.evaluated(
      numbers(matrix, size * size), numbers(second, count), numbers(third, count), size: size)
    for i in 0..<count { values[result + index * count + i] = Float(solution[i]) }
  }
}
