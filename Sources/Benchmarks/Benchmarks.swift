import ArgumentParser
import Execution
import Experiments
import Foundation
import MessagePassing

/// Times the engine on the workloads that the papers are made of.
@main
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Time, arithmetic and memory of the engine's workloads.",
    discussion: """
      Prints, for each workload, the median time of one iteration, its arithmetic rate, that rate \
      as a share of the machine's sgemm peak measured in the same run, and the peak memory so far.

      Examples:
        Benchmarks                          all workloads
        Benchmarks --workload W1 --profile  where an iteration's time goes
        Benchmarks --workload W4 --repeats 10 --threads 1
        Benchmarks --workload W4 --memory 350 --steps 50
                                            inner steps that are computed again
        Benchmarks --growth                 time against steps, episodes and shots
        mpirun -n 2 Benchmarks --workload W4 --threads 1
                                            episodes shared by processes (with the trait MPI)
      """)

  @Option(help: "One workload: \(Workload.names.joined(separator: ", ")).")
  var workload: String?

  @Option(help: "Timed iterations, after two that are not.")
  var repeats = 7

  @Option(help: "Workers.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Inner steps of W1 to W4f.")
  var steps = 5

  @Option(help: "MiB for W1 to W4f: where it is too little, inner steps are computed again.")
  var memory: Int?

  @Flag(help: "Print one JSON line per iteration.")
  var json = false

  @Flag(help: "Do one iteration for each line `go` on standard input, and answer with its time.")
  var serve = false

  @Flag(help: "Print where the time of one program goes, by operation and part of the model.")
  var profile = false

  @Flag(help: "Print how W1's time grows with its inner steps, episodes and shots.")
  var growth = false

  /// The processes that share the episodes of meta-training, if there are several.
  static let group = MessagePassing.group()

  func validate() throws {
    if let workload, !Workload.names.contains(workload) {
      throw ValidationError(
        "There is no workload '\(workload)'; there are \(Workload.names.joined(separator: ", ")).")
    }
    if repeats < 1 || threads < 1 || steps < 1 {
      throw ValidationError("Repeats, threads and steps begin at 1.")
    }
    if let memory, memory < 0 || memory > Int.max >> 20 {
      throw ValidationError("There cannot be \(memory) MiB.")
    }
    if serve && workload == nil { throw ValidationError("--serve needs a --workload.") }
  }

  func run() async throws {
    _ = KernelSet.chosen
    do {
      try await measure()
      MessagePassing.end(with: 0)
    } catch {
      MessagePassing.end(with: 1)
      throw error
    }
  }

  private func measure() async throws {
    let names = workload.map { [$0] } ?? Workload.names
    if growth {
      for growth in Growth.all {
        try write(
          await growth.table(threads: threads, repeats: repeats) + "\n")
      }
    } else if profile {
      for name in names {
        try write("\(name)\n\(named(name).profile())\n")
      }
    } else if serve {
      try await serveIterations(of: named(names[0]))
    } else {
      try await report(names)
    }
  }

  private func named(_ name: String) -> Workload {
    let memory = memory.map { Plan.Memory(bytes: $0 << 20, workers: threads) } ?? .unlimited
    return Workload.named(name, steps: steps, within: memory)
  }

  private func serveIterations(of workload: Workload) async throws {
    try await workload.run(threads) { iterate in
      while let line = readLine() {
        guard line.trimmingCharacters(in: .whitespaces) == "go" else { continue }
        try printJSON(workload, await Stopwatch.seconds(iterate))
      }
    }
  }

  /// Prints a line, once for all processes.
  private func write(_ line: String) throws {
    if Self.group?.isFollower != true { try StandardOutput.writeLine(line) }
  }

  private func printJSON(_ workload: Workload, _ seconds: Double) throws {
    try write(
      "{\"workload\": \"\(workload.name)\", \"seconds\": \(seconds)}")
  }

  private func report(_ names: [String]) async throws {
    let peak = Machine.sgemmPeak() * Double(min(threads, Machine.cores))
    if !json {
      try write(Machine.description)
      try write(
        "sgemm peak of \(threads) workers: \(Int(peak / 1e9)) GFLOP/s\n")
      try write(Row.header)
    }
    for name in names {
      let workload = named(name)
      var seconds: [Double] = []
      try await workload.run(threads) { iterate in
        for iteration in 0..<repeats + 2 {
          let time = try await Stopwatch.seconds(iterate)
          if iteration < 2 { continue }
          seconds.append(time)
          if json { try printJSON(workload, time) }
        }
      }
      if !json {
        try write(
          "\(Row(workload, seconds: seconds.sorted(), peak: peak))")
      }
    }
  }
}

/// One line of the report.
private struct Row: CustomStringConvertible {
  static let header =
    [
      pad("", 5), pad("median ms", 11), pad("fastest", 9), pad("GFLOP", 9), pad("GFLOP/s", 9),
      pad("of peak", 9), pad("MiB", 7),
    ].joined() + "  what"

  let description: String

  init(_ workload: Workload, seconds: [Double], peak: Double) {
    let median = seconds[seconds.count / 2]
    let rate = workload.floatingPointOperations / median
    description =
      [
        Self.pad(workload.name, 5), Self.pad(Self.fixed(median * 1e3), 11),
        Self.pad(Self.fixed(seconds[0] * 1e3), 9),
        Self.pad(Self.fixed(workload.floatingPointOperations / 1e9), 9),
        Self.pad(Self.fixed(rate / 1e9, 0), 9),
        Self.pad(Self.fixed(100 * rate / peak, 0) + " %", 9),
        Self.pad("\(Machine.peakMemory >> 20)", 7),
      ].joined() + "  " + workload.summary
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(width - text.count, 0)) + text
  }

  private static func fixed(_ value: Double, _ digits: Int = 2) -> String {
    String(format: "%.\(digits)f", value)
  }
}
