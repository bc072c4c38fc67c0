import Tensors

extension Plan {
  /// Compiles a graph: fuses, lays out memory, and chooses a kernel for every operation.
  ///
  /// `isShared`: whether several workers take part in each step of one replay.
  ///
  /// `fixedInputs`: how many arguments, from the first, stay the same for many replays.
  init(
    _ graph: Graph, results ids: [Int], isShared: Bool = false, fixedInputs: Int = 0
  ) {
    let fusion = Fusion(graph, results: ids, fixedInputs: fixedInputs, isShared: isShared)
    let schedule = Schedule(fusion)
    self.init(schedule, BufferAssignment(schedule, results: ids), results: ids)
    self.fixedInputs = fixedInputs
  }

  /// The last pass: a kernel for each operation, on the buffers that it has.
  init(_ schedule: Schedule, _ buffers: BufferAssignment, results ids: [Int]) {
    let fusion = schedule.fusion
    isShared = fusion.isShared
    valueCount = buffers.memory.total
    var stages: [Int] = []
    for (index, stage) in schedule.stages.enumerated() {
      if index == schedule.firstVarying { firstVaryingStep = steps.count }
      add(stage, at: index, fusion, buffers)
      stages += Array(repeating: index, count: steps.count - stages.count)
    }
    if schedule.firstVarying == schedule.stages.count { firstVaryingStep = steps.count }
    if isShared { arrangeTasks(by: stages, of: schedule) }
    addInputs(fusion, buffers)
    results = ids.map { (buffers.address(fusion.source($0)), fusion.graph.nodes[$0].shape) }
  }

  private mutating func addInputs(_ fusion: Fusion, _ buffers: BufferAssignment) {
    let nodes = fusion.graph.nodes
    for id in nodes.indices {
      guard case .input(let number) = nodes[id].op else { continue }
      while inputs.count <= number { inputs.append(nil) }
      guard fusion.isLive[id] else { continue }
      inputs[number] = Input(
        offset: buffers.isPlaced(id) ? buffers.address(id) : nil, count: nodes[id].shape.count)
    }
  }

  private mutating func add(
    _ stage: Fusion.Stage, at index: Int, _ fusion: Fusion, _ buffers: BufferAssignment
  ) {
    let nodes = fusion.graph.nodes
    func address(_ id: Int) -> Int { buffers.address(fusion.source(id)) }
    switch stage {
    case .loop(let fused): add(fused, fusion, buffers, at: index)
    case .operation(let id):
      add(fusion.accumulations[id]?.contraction ?? id, as: id, fusion, buffers, at: index, address)
    case .argument(let id):
      guard case .input(let number) = nodes[id].op else { return }
      append(Transfer(.argument, number, at: address(id), count: nodes[id].shape.count))
    case .result(let number, let id):
      append(Transfer(.result, number, at: address(id), count: nodes[id].shape.count))
    }
  }

  private mutating func add(
    _ fused: Fusion.FusedLoop, _ fusion: Fusion, _ buffers: BufferAssignment, at stage: Int
  ) {
    let builder = LoopBuilder(fusion, fused, buffers, at: stage)
    let geometry = fused.geometry
    let loop = Loop(
      count: geometry.count, segment: geometry.segment, block: geometry.block,
      tile: geometry.tile,
      expansions: append(
        builder.expansions.map { expansion in
          var moved = expansion
          moved.axes =
            expansion.axes.lowerBound + axes.count..<expansion.axes.upperBound + axes.count
          return moved
        }, to: \.expansions),
      instructions: append(builder.instructions, to: \.instructions),
      reductions: append(builder.reductions, to: \.reductions),
      scratch: builder.scratch)
    axes += builder.axes
    scratchCount = max(scratchCount, MemoryPlan.aligned(loop.scratch))
    append(.loop(loop), "loop", fusion.graph.labels[fused.roots[0]])
  }

  private mutating func append<Element>(
    _ elements: [Element], to table: WritableKeyPath<Plan, [Element]>
  ) -> Range<Int> {
    let start = self[keyPath: table].count
    self[keyPath: table] += elements
    return start..<self[keyPath: table].count
  }

  private mutating func append(_ transfer: Transfer) {
    append(.transfer(transfer), "copy", transfer.direction == .argument ? "arguments" : "results")
  }

  mutating func append(_ step: Step, _ operation: String, _ label: String) {
    steps.append(step)
    descriptions.append(Description(operation: operation, label: label))
  }

  /// `result`: the node itself, or the sum to which its value is added.
  private mutating func add(
    _ id: Int, as sum: Int, _ fusion: Fusion, _ buffers: BufferAssignment, at stage: Int,
    _ address: (Int) -> Int
  ) {
    let graph = fusion.graph
    let node = graph.nodes[id]
    let accumulates = sum != id
    let shapes = node.inputs.map { graph.nodes[$0].shape }
    func place(_ operand: Int) -> Int { address(node.inputs[operand]) }
    let result = address(sum)
    func add(_ plan: inout Plan, _ step: Step) { plan.append(step, node.op.name, graph.labels[id]) }

    switch node.op {
    case .product(let left, let right):
      let product = MatrixProduct(
        batch: node.shape.extents.dropLast(2).reduce(1, *), rows: node.shape[-2],
        columns: node.shape[-1], inner: shapes[0][left ? -2 : -1], transposingLeft: left,
        transposingRight: right, left: place(0), right: place(1), result: result,
        accumulates: accumulates, isShared: isShared)
      floatingPointOperations += 2 * Double(node.shape.count * product.inner)
      add(&self, .product(product))
    case .convolution(let form):
      addConvolution(form, id, as: sum, fusion, buffers, at: stage, address)
    case .poolPick(let side), .poolPlace(let side):
      let places_ = if case .poolPlace = node.op { true } else { false }
      add(
        &self,
        .pooling(
          PoolingKernel(
            side: side, images: shapes[0], places: places_, deciding: place(0),
            other: place(1), result: result)))
    case .pad(let starts):
      let strides = node.shape.strides
      let start = zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
      add(
        &self,
        .layout(
          LayoutKernel(
            box: shapes[0], source: place(0), sourceStrides: shapes[0].strides,
            target: result + start, targetStrides: strides, clearing: node.shape.count,
            from: result)))
    case .concatenate(let axis):
      var start = result
      for (operand, shape) in shapes.enumerated() {
        add(
          &self,
          .layout(
            LayoutKernel(
              box: shape, source: place(operand), sourceStrides: shape.strides, target: start,
              targetStrides: node.shape.strides)))
        start += shape[axis] * node.shape.strides[axis]
      }
    case .solve:
      add(
        &self,
        .solve(
          CholeskyKernel(
            batch: node.shape.extents.dropLast(2).reduce(1, *), size: shapes[0][-1],
            columns: node.shape[-1], matrix: place(0), right: place(1), result: result)))
    case .quadraticProgram, .freeSolve:
      add(
        &self,
        .program(
          QuadraticProgramKernel(
            form: node.op == .freeSolve ? .freeElements : .program,
            batch: node.shape.extents.dropLast(2).reduce(1, *), size: shapes[0][-1],
            columns: node.shape[-1], matrix: place(0), second: place(1), third: place(2),
            result: result)))
    default: fatalError("\(node.op.name) is part of a loop")
    }
  }
}
