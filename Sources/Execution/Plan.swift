import Dispatch
import Tensors

/// What to compute, in which order, and where each value lies.
///
/// A plan is made once for a traced graph and replayed on numbers, by any number of workers, each in
/// an arena of its own. It allocates nothing while it runs, apart from the arrays that it returns.
public struct Plan: Sendable {
  enum Step: Sendable {
    case loop(Loop)
    case product(MatrixProduct)
    case windows(Im2colConvolution)
    case taps(ShiftedConvolution)
    case spaceToDepth(SpaceToDepth)
    case planes(PlanarConvolution)
    case planarPacking(PlanarPacking)
    case filterPacking(FilterPacking)
    case pooling(PoolingKernel)
    case layout(LayoutKernel)
    case solve(CholeskyKernel)
    case program(QuadraticProgramKernel)
    case transfer(Transfer)

    /// The parts in which a step can run, in any order and by any worker; never a function of how
    /// many workers there are.
    var tileCount: Int {
      switch self {
      case .loop(let loop): loop.tileCount
      case .product(let product): product.tileCount
      case .windows(let kernel): kernel.tileCount
      case .taps(let kernel): kernel.tileCount
      case .spaceToDepth(let folding): folding.tileCount
      case .planes(let kernel): kernel.tileCount
      case .planarPacking(let planes): planes.tileCount
      case .filterPacking(let turning): turning.taps
      case .pooling(let kernel): kernel.tileCount
      case .layout: 1
      case .solve(let kernel): kernel.batch
      case .program(let kernel): kernel.batch
      case .transfer(let transfer): transfer.tileCount
      }
    }
  }

  /// What one worker does of a step at a time: parts of a step, in turns with parts of a step that
  /// follows it.
  struct Tile: Sendable {
    var step: Int
    var parts: Range<Int>
    var consumer: (step: Int, parts: Range<Int>)?
  }

  /// An argument of so many numbers.
  struct Input: Sendable {
    /// Where it is copied to, nil if it is read where it is.
    var offset: Int?
    var count: Int
  }

  /// A step's name and the part of the model that it belongs to, for profiles.
  struct Description: Hashable, Sendable {
    var operation: String
    var label: String
  }

  var steps: [Step] = []
  /// The steps that others follow part by part, and those others.
  var consumers: [Int: Int] = [:]
  var descriptions: [Description] = []
  /// What must be done before what, in a shared plan; a task is a step.
  var tasks = TaskGraph()
  /// The tiles of all tasks, and where each task's begin.
  var tiles: [Tile] = []
  var firstTiles: [Int] = []
  var instructions: [Instruction] = []
  var expansions: [Expansion] = []
  var reductions: [LoopReduction] = []
  var axes: [Access.Axis] = []
  var tapTables = ShiftedConvolution.Tables()
  /// Where the arguments go, by their number; nil for those that nothing reads.
  var inputs: [Input?] = []
  var results: [(offset: Int, shape: Shape)] = []
  /// Whether several workers take part in each step of one replay.
  package var isShared = false
  /// How many arguments, from the first, stay the same for many replays.
  var fixedInputs = 0
  /// The first step that depends on another argument.
  var firstVaryingStep = 0
  var valueCount = 0
  var scratchCount = 16
  /// Multiplications and additions of matrix products and convolutions, for one replay.
  public internal(set) var floatingPointOperations = 0.0

  /// Bytes of one worker's arena.
  public var arenaBytes: Int { (valueCount + scratchCount) * MemoryLayout<Float>.stride }

  /// Bytes of the arguments that a replay reads.
  public var argumentBytes: Int {
    inputs.reduce(0) { $0 + ($1?.count ?? 0) } * MemoryLayout<Float>.stride
  }

  /// The number of steps.
  public var stepCount: Int { steps.count }

  /// The memory to replay this plan in.
  ///
  /// `workers`: how many take part in each step of a plan that was made to be shared; another plan
  ///   has one, since some of its steps add up part by part.
  public func makeArena(workers: Int = 1) -> Arena {
    Arena(values: valueCount, scratch: scratchCount, workers: isShared ? workers : 1)
  }

  /// Runs all steps on as many workers as the arena has registers for.
  ///
  /// `reusingFixed`: what depends on fixed arguments alone is there from another replay.
  func replay(
    _ arguments: [ShapedArray], in arena: Arena, reusingFixed: Bool = false,
    _ observe: ((Int) -> Void)? = nil
  ) -> [ShapedArray] {
    check(arguments)
    let first = reusingFixed ? firstVaryingStep : 0
    return withAddresses(of: arguments) { arguments in
      guard isShared else {
        load(arguments, into: arena, reusingFixed: reusingFixed)
        replay(Addresses(arguments: arguments), from: first, in: arena, observe)
        return collect(from: arena)
      }
      return makeResults { results in
        let addresses = Addresses(arguments: arguments, results: results)
        if arena.workers > 1 && observe == nil {
          replayShared(addresses, from: first, in: arena)
        } else {
          replay(addresses, from: first, in: arena, observe)
        }
      }
    }
  }

  private func replay(
    _ addresses: Addresses, from first: Int, in arena: Arena, _ observe: ((Int) -> Void)?
  ) {
    withKernels(arena.values, addresses) { kernels in
      for step in first..<steps.count {
        kernels.runAll(step, arena.scratch)
        observe?(step)
      }
    }
  }

  /// Each worker makes its own kernels: pointers do not cross from one to another, addresses do.
  private func replayShared(_ addresses: Addresses, from first: Int, in arena: Arena) {
    let queue = TaskQueue(tasks, from: first)
    let values = UInt(bitPattern: arena.values)
    let registers = (0..<arena.workers).map { UInt(bitPattern: arena.scratch(of: $0)) }
    DispatchQueue.concurrentPerform(iterations: arena.workers) { worker in
      guard let values = UnsafeMutablePointer<Float>(bitPattern: values),
        let registers = UnsafeMutablePointer<Float>(bitPattern: registers[worker])
      else { return }
      withKernels(values, addresses) { kernels in
        tiles.withUnsafeBufferPointer { tiles in
          firstTiles.withUnsafeBufferPointer { firstTiles in
            queue.work(as: worker) { task, tile in
              kernels.run(tiles[firstTiles[task] + tile], registers)
            } finish: { task in
              kernels.finish(task)
            }
          }
        }
      }
    }
  }
}
