import Foundation
import Tensors

/// Where a program's time goes: by operation, and by the part of the model.
public struct Profile: Sendable {
  private var nanoseconds: [Plan.Description: (calls: Int, time: UInt64)] = [:]

  /// An empty profile.
  public init() {}

  /// Replays a plan, and returns its results.
  mutating func record(_ plan: Plan, _ arguments: [ShapedArray], in arena: Arena) -> [ShapedArray] {
    var last = Self.processorTime
    var spent = [UInt64](repeating: 0, count: plan.steps.count)
    let results = plan.replay(arguments, in: arena) { step in
      let now = Self.processorTime
      spent[step] = now - last
      last = now
    }
    for (description, time) in zip(plan.descriptions, spent) {
      nanoseconds[description, default: (0, 0)].calls += 1
      nanoseconds[description, default: (0, 0)].time += time
    }
    return results
  }

  /// Nanoseconds that the processor has worked for this thread, whatever else the machine does.
  private static var processorTime: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Rows of operation, part of the model, calls, milliseconds and share, the costliest first.
  public func table(rows: Int = 30) -> String {
    let total = nanoseconds.values.reduce(0) { $0 + Double($1.time) }
    let sorted = nanoseconds.sorted {
      ($0.value.time, $0.key.operation, $0.key.label) > (
        $1.value.time, $1.key.operation, $1.key.label
      )
    }
    var lines = [Self.line("operation", "where", "calls", "ms", "share")]
    for (key, value) in sorted.prefix(rows) {
      let share = total > 0 ? Double(value.time) / total : 0
      lines.append(
        Self.line(
          key.operation, key.label, "\(value.calls)",
          "\((Double(value.time) / 1e4).rounded() / 100)",
          "\((share * 1000).rounded() / 10) %"))
    }
    lines.append(Self.line("total", "", "", "\((total / 1e4).rounded() / 100)", "100 %"))
    return lines.joined(separator: "\n")
  }

  private static func line(_ cells: String...) -> String {
    zip(cells, [22, 28, 8, 10, 8]).map { cell, width in
      cell + String(repeating: " ", count: max(width - cell.count, 1))
    }.joined()
  }
}
