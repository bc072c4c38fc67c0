import Episodes
import Execution
import Experiments
import Foundation
import MetaLearners
import Networks
import Tensors

struct Maml {
  var model: ConvolutionalNetwork
  var ways: Int, support: Int, query: Int, tasks: Int, steps: Int
  var rate: Double
  var order = Order.second
}
func workload(_ name: String) -> Maml {
  switch name {
  case "W1": Maml(model: .omniglot(ways: 5), ways: 5, support: 5, query: 5, tasks: 16, steps: 5, rate: 0.1)
  case "W2": Maml(model: .omniglot(ways: 20), ways: 20, support: 20, query: 20, tasks: 16, steps: 5, rate: 0.1)
  case "W3": Maml(model: .omniglot(ways: 5), ways: 5, support: 25, query: 25, tasks: 8, steps: 5, rate: 0.1)
  case "W4": Maml(model: .miniImageNet(ways: 5), ways: 5, support: 5, query: 75, tasks: 4, steps: 5, rate: 0.01)
  default: Maml(model: .miniImageNet(ways: 5), ways: 5, support: 5, query: 75, tasks: 4, steps: 5, rate: 0.01, order: .first)
  }
}
func cpu() -> Double { var t = timespec(); clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9 }
let args = CommandLine.arguments
KernelSet.chooseBest()
print(KernelSet.current.name)
let w = workload(args[1])
var generator = SystemRandomNumberGenerator()
let learner = GradientLearner(model: w.model, rule: GradientDescent(rate: w.rate), steps: w.steps, order: w.order)
let meta = learner.initialParameters(using: &generator)
func batch(_ n: Int) -> Batch<ShapedArray> {
  let shape = Shape([n] + w.model.imageShape.extents)
  let x = ShapedArray((0..<shape.count).map { _ in Float.random(in: 0...1) }, shape: shape)
  var y = [Float](repeating: 0, count: n * w.ways)
  for i in 0..<n { y[i * w.ways + i % w.ways] = 1 }
  return Batch(inputs: x, targets: ShapedArray(y, shape: [n, w.ways]))
}
let episodes = (0..<w.tasks).map { _ in Episode(support: batch(w.support), query: batch(w.query)) }
let clock = ContinuousClock()
let t0 = clock.now
let program = Program(like: meta, episodes[0]) { (m: Parameters<Tensor>, e: Episode<Tensor>) in learner.metaGradient(at: m, of: e) }
print("compiled in", clock.now - t0, "steps", program.plan.stepCount, "arena MB", program.plan.arenaBytes / 1_000_000, "GFLOP/iter", program.plan.floatingPointOperations * Double(w.tasks) / 1e9)
if args.contains("dump") { print(program.plan.dump) }
let arena = program.makeArena()
_ = program(meta, episodes[0], in: arena)
var profile = Profile()
for _ in 0..<3 { _ = program(meta, episodes[0], in: arena, profile: &profile) }
print(profile.table(rows: 40))
var times: [Double] = []
for _ in 0..<(CommandLine.arguments.count > 2 ? (Int(args[2]) ?? 10) : 10) {
  let t = cpu()
  _ = program(meta, episodes[0], in: arena)
  times.append(cpu() - t)
}
times.sort()
print("one episode cpu ms: median", times[times.count / 2] * 1e3, "min", times[0] * 1e3, "iteration on 2 cores s", times[times.count / 2] * Double(w.tasks) / 2, "GFLOP/s per core", program.plan.floatingPointOperations / times[times.count / 2] / 1e9)
// sgemm peak
if args.contains("gemm") {
for (m, n, k, ta, tb, acc) in [(80, 64, 192, false, false, true), (40, 64, 192, false, false, true),(16, 64, 192, false, false, true), (80, 192, 64, false, false, false), (40, 192, 64, false, false, false), (24, 576, 64, false, false, false),(16, 576, 64, false, false, false), (192,64,80,true,false,true), (192,64,24,true,false,true), (84, 48, 144, false, false, true), (128, 48, 144, false, false, true), (144, 48, 128, true, false, true), (42, 48, 144, false, false, true), (980, 64, 9, false, false, false), (980, 64, 3, false, false, true), (3, 64, 980, true, false, true), (9, 64, 980, true, false, true), (80, 96, 27, false, false, false), (27, 96, 256, true, false, false), (128, 192, 864, false, false, false), (1024, 192, 864, false, false, false), (1024, 384, 1728, false, false, false), (512, 512, 3456, false, false, false), (864, 192, 1024, true, false, true)] {
  let a = [Float](repeating: 1, count: m * k), b = [Float](repeating: 1, count: k * n)
  var c = [Float](repeating: 0, count: m * n)
  var best = 1e9
  for _ in 0..<20 {
    let t = clock.now
    for _ in 0..<10 { sgemm(a, b, &c, m, n, k, ta, tb, acc) }
    let d = clock.now - t
    best = min(best, Double(d.components.attoseconds) / 1e18 / 10)
  }
  print(m, n, k, ta ? "T" : "N", tb ? "T" : "N", acc, 2 * Double(m * n * k) / best / 1e9)
}
}
