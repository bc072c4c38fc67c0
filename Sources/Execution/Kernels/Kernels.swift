/// Runs the parts of a plan's steps in one arena.
///
/// It points into the plan's tables: to copy what they hold would count references, and where
/// workers share a replay they would all count in the same places.
struct Kernels {
  let steps: UnsafeBufferPointer<Plan.Step>
  fileprivate let instructions: UnsafeBufferPointer<Instruction>
  fileprivate let expansions: UnsafeBufferPointer<Expansion>
  fileprivate let reductions: UnsafeBufferPointer<LoopReduction>
  fileprivate let axes: UnsafeBufferPointer<Access.Axis>
  fileprivate let taps: UnsafeBufferPointer<FilterTaps>
  let tapParts: UnsafeBufferPointer<ShiftedConvolution.Part>
  fileprivate let arguments: UnsafeBufferPointer<UInt>
  fileprivate let results: UnsafeBufferPointer<UInt>
  fileprivate let values: UnsafeMutablePointer<Float>

  private func loops(_ scratch: UnsafeMutablePointer<Float>) -> ElementwiseLoop {
    ElementwiseLoop(
      instructions: instructions, expansions: expansions, reductions: reductions,
      axes: axes, arguments: arguments, values: values, registers: scratch)
  }

  func products(of convolution: ShiftedConvolution) -> ShiftedProducts {
    ShiftedProducts(convolution, taps: taps, parts: tapParts)
  }

  /// Runs what one worker does of a group at a time.
  func run(_ tile: Plan.Tile, _ scratch: UnsafeMutablePointer<Float>) {
    if let consumer = tile.consumer {
      runInTurns(tile.step, tile.parts, consumer.step, consumer.parts, scratch)
    } else {
      run(tile.step, tile.parts, scratch)
    }
  }

  /// Runs one part of a step.
  func run(_ step: Int, _ tile: Int, _ scratch: UnsafeMutablePointer<Float>) {
    switch steps[step] {
    case .loop(let loop): loops(scratch).run(loop, tiles: tile..<tile + 1)
    case .product(let product): product.run(values, tile)
    case .windows(let kernel): kernel.run(values, scratch, tile)
    case .taps(let convolution): products(of: convolution).run(values, scratch, tile)
    case .spaceToDepth(let folding): folding.run(values, tile)
    case .planes(let kernel): kernel.run(values, scratch, tile)
    case .planarPacking(let planes): planes.run(values, tile)
    case .filterPacking(let turning): turning.run(values, tile)
    case .pooling(let kernel): kernel.run(values, tile)
    case .layout(let kernel): kernel.run(values)
    case .solve(let kernel): kernel.run(values, tile)
    case .program(let kernel): kernel.run(values, tile)
    case .transfer(let transfer):
      let arrays = transfer.direction == .argument ? arguments : results
      transfer.run(values, arrays[transfer.number], tile)
    }
  }

  /// Runs some parts of a step, one after the other.
  func run(_ step: Int, _ tiles: Range<Int>, _ scratch: UnsafeMutablePointer<Float>) {
    if case .loop(let loop) = steps[step] { return loops(scratch).run(loop, tiles: tiles) }
    for tile in tiles { run(step, tile, scratch) }
  }

  /// Runs all parts of a step, and what remains after them.
  func runAll(_ step: Int, _ scratch: UnsafeMutablePointer<Float>) {
    run(step, 0..<steps[step].tileCount, scratch)
    finish(step)
  }

  /// What remains when all parts of a step have run.
  func finish(_ step: Int) {
    switch steps[step] {
    case .loop(let loop) where loop.tileCount > 1: loops(values).combine(loop)
    case .taps(let convolution): convolution.sums.combine(values)
    case .planes(let convolution): convolution.sums.combine(values)
    default: break
    }
  }
}

extension Plan {
  /// Hands out the kernels on this plan's tables and the values of an arena.
  ///
  /// `addresses`: where arguments lie, and results are to.
  func withKernels<Result>(
    _ values: UnsafeMutablePointer<Float>, _ addresses: Addresses, _ body: (Kernels) -> Result
  ) -> Result {
    steps.withUnsafeBufferPointer { steps in
      instructions.withUnsafeBufferPointer { instructions in
        expansions.withUnsafeBufferPointer { expansions in
          reductions.withUnsafeBufferPointer { reductions in
            axes.withUnsafeBufferPointer { axes in
              tapTables.taps.withUnsafeBufferPointer { taps in
                tapTables.parts.withUnsafeBufferPointer { parts in
                  addresses.arguments.withUnsafeBufferPointer { arguments in
                    addresses.results.withUnsafeBufferPointer { results in
                      body(
                        Kernels(
                          steps: steps, instructions: instructions, expansions: expansions,
                          reductions: reductions, axes: axes, taps: taps,
                          tapParts: parts, arguments: arguments, results: results,
                          values: values))
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
