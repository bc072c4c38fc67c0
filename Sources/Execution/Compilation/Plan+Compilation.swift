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
    self.isShared = isShared
    self.fixedInputs = fixedInputs
    let fusion = Fusion(
      graph, results: ids, fixedInputs: fixedInputs, isShared: isShared)
    let layout = Layout(fusion, results: ids)
    valueCount = layout.memory.total
    func address(_ id: Int) -> Int { layout.address(fusion.source(id)) }

    var levels: [Int] = []
    for (index, stage) in fusion.stages.enumerated() {
      if index == fusion.firstVaryingStage { firstVaryingStep = steps.count }
      switch stage {
      case .loop(let cluster):
        add(cluster, fusion, layout, at: index, address)
      case .operation(let id):
        add(fusion.accumulations[id]?.contraction ?? id, as: id, fusion, layout, at: index, address)
      }
      levels += Array(repeating: fusion.levels[index], count: steps.count - levels.count)
    }
    group(by: levels)
    if fusion.firstVaryingStage == fusion.stages.count { firstVaryingStep = steps.count }
    for id in graph.nodes.indices {
      guard case .input(let number) = graph.nodes[id].op else { continue }
      while inputs.count <= number { inputs.append(nil) }
      if fusion.isLive[id] { inputs[number] = (address(id), graph.nodes[id].shape.count) }
    }
    results = ids.map { (address($0), graph.nodes[$0].shape) }
  }

  private mutating func add(
    _ cluster: Fusion.Cluster, _ fusion: Fusion, _ layout: Layout, at stage: Int,
    _ address: @escaping (Int) -> Int
  ) {
    let builder = LoopBuilder(
      fusion, cluster, address: address, partials: layout.partials[stage] ?? [:])
    let geometry = cluster.geometry
    let loop = Loop(
      count: geometry.count, segment: geometry.segment, block: geometry.block,
      chunk: geometry.chunk,
      expansions: append(
        builder.expansions.map { expansion in
          var moved = expansion
          moved.axes =
            expansion.axes.lowerBound + axes.count..<expansion.axes.upperBound + axes.count
          return moved
        }, to: \.expansions),
      instructions: append(builder.instructions, to: \.instructions),
      reductions: append(builder.reductions, to: \.reductions), scratch: builder.scratch)
    axes += builder.axes
    scratchCount = max(scratchCount, MemoryPlan.aligned(loop.scratch))
    append(.loop(loop), "loop", fusion.graph.labels[cluster.roots[0]])
  }

  private mutating func append<Element>(
    _ elements: [Element], to table: WritableKeyPath<Plan, [Element]>
  ) -> Range<Int> {
    let start = self[keyPath: table].count
    self[keyPath: table] += elements
    return start..<self[keyPath: table].count
  }

  private mutating func append(_ step: Step, _ operation: String, _ label: String) {
    steps.append(step)
    descriptions.append(Description(operation: operation, label: label))
  }

  /// `result`: the node itself, or the sum to which its value is added.
  private mutating func add(
    _ id: Int, as sum: Int, _ fusion: Fusion, _ layout: Layout, at stage: Int,
    _ address: (Int) -> Int
  ) {
    let graph = fusion.graph
    let node = graph.nodes[id]
    let accumulates = sum != id
    let shapes = node.inputs.map { graph.nodes[$0].shape }
    let places = node.inputs.map(address)
    let result = address(sum)
    func add(_ plan: inout Plan, _ step: Step) { plan.append(step, node.op.name, graph.labels[id]) }

    switch node.op {
    case .product(let left, let right):
      let product = MatrixProduct(
        batch: node.shape.extents.dropLast(2).reduce(1, *), rows: node.shape[-2],
        columns: node.shape[-1], inner: shapes[0][left ? -2 : -1], transposingLeft: left,
        transposingRight: right, left: places[0], right: places[1], result: result,
        accumulates: accumulates, isShared: isShared)
      floatingPointOperations += 2 * Double(node.shape.count * product.inner)
      add(&self, .product(product))
    case .convolution(let form):
      let written = ConvolutionGeometry(form, shapes: shapes, result: node.shape)
      floatingPointOperations +=
        2 * Double(written.pixels * written.window * written.outChannels)
      let (role, geometry) = written.executed(as: form.role)
      let operands = fusion.operands(id)
      var second = places[1]
      if form.role == .input, let place = layout.prepared(.turned(operands[1], written)) {
        if place.stage == stage {
          let turning = FilterTurning(
            written, isShared: isShared, filter: second, result: place.offset)
          append(.turning(turning), "filter turning", graph.labels[id])
        }
        second = place.offset
      }
      let images = role == .filter ? 1 : 0
      switch (geometry.method, role) {
      case (.planes, .output), (.planes, .filter):
        var planes = geometry.planes
        planes.source = places[images]
        if let place = layout.prepared(.planes(operands[images], geometry.planes)) {
          planes.result = place.offset
          if place.stage == stage { append(.parting(planes), "image planes", graph.labels[id]) }
        }
        let kernel = PlaneConvolution(
          role: role, geometry: geometry, images: planes,
          second: role == .filter ? places[0] : second, result: result, accumulates: accumulates,
          isShared: isShared)
        scratchCount = max(scratchCount, kernel.scratch)
        add(&self, .planes(kernel))
      case (.taps, _):
        func folded(_ folding: ImageFolding, of operand: Int) -> ImageFolding {
          var placed = folding
          placed.source = places[operand]
          placed.result = placed.source
          if let place = layout.prepared(.folded(operands[operand], folding)) {
            placed.result = place.offset
            if place.stage == stage { append(.folding(placed), "image folding", graph.labels[id]) }
          }
          return placed
        }
        let kernel = TapConvolution(
          role: role, geometry: geometry,
          images: role == .input
            ? geometry.foldedImages : folded(geometry.foldedImages, of: images),
          outputs: role == .output
            ? geometry.foldedOutputs : folded(geometry.foldedOutputs, of: 0),
          filter: second, result: result, accumulates: accumulates, isShared: isShared)
        scratchCount = max(scratchCount, kernel.scratch)
        add(&self, .taps(kernel))
      case (.windows, _), (.planes, .input):
        let kernel = ConvolutionKernel(
          role: role, geometry: geometry, first: places[0], second: second, result: result,
          accumulates: accumulates, isShared: isShared)
        scratchCount = max(scratchCount, kernel.scratch)
        add(&self, .convolution(kernel))
      }
    case .poolPick(let side), .poolPlace(let side):
      let places_ = if case .poolPlace = node.op { true } else { false }
      add(
        &self,
        .pooling(
          PoolingKernel(
            side: side, images: shapes[0], places: places_, deciding: places[0],
            other: places[1], result: result)))
    case .pad(let starts):
      let strides = node.shape.strides
      let start = zip(starts, strides).reduce(0) { $0 + $1.0 * $1.1 }
      add(
        &self,
        .layout(
          LayoutKernel(
            box: shapes[0], source: places[0], sourceStrides: shapes[0].strides,
            target: result + start, targetStrides: strides, clearing: node.shape.count,
            from: result)))
    case .concatenate(let axis):
      var start = result
      for (shape, place) in zip(shapes, places) {
        add(
          &self,
          .layout(
            LayoutKernel(
              box: shape, source: place, sourceStrides: shape.strides, target: start,
              targetStrides: node.shape.strides)))
        start += shape[axis] * node.shape.strides[axis]
      }
    case .solve:
      add(
        &self,
        .solve(
          CholeskyKernel(
            batch: node.shape.extents.dropLast(2).reduce(1, *), size: shapes[0][-1],
            columns: node.shape[-1], matrix: places[0], right: places[1], result: result)))
    case .quadraticProgram, .freeSolve:
      add(
        &self,
        .program(
          QuadraticProgramKernel(
            form: node.op == .freeSolve ? .freeElements : .program,
            batch: node.shape.extents.dropLast(2).reduce(1, *), size: shapes[0][-1],
            columns: node.shape[-1], matrix: places[0], second: places[1], third: places[2],
            result: result)))
    default: fatalError("\(node.op.name) is part of a loop")
    }
  }
}

/// Where stored values and the partial sums of loops lie.
private struct Layout {
  private(set) var memory = MemoryPlan([])
  /// For each stage, where its reductions keep the results of their chunks.
  private(set) var partials: [Int: [Int: Int]] = [:]
  private var index: [Int: Int] = [:]
  private var prepared: [Prepared: (value: Int, stage: Int)] = [:]

  /// What convolutions lay out differently, once for all steps that use it.
  enum Prepared: Hashable {
    /// A filter for gradients with respect to images; the same numbers can be filters of several
    /// shapes.
    case turnedFilter(Int, shape: [Int], turnsAround: Bool)
    case folded(Int, ImageFolding)
    case planes(Int, ImagePlanes)

    static func turned(_ filter: Int, _ g: ConvolutionGeometry) -> Prepared {
      .turnedFilter(
        filter, shape: [g.filterHeight, g.filterWidth, g.channels, g.outChannels],
        turnsAround: g.turnsFilter)
    }
  }

  /// Where it lies, and the stage that is the first to need it and so prepares it; nil for what
  /// needs no preparation.
  func prepared(_ what: Prepared) -> (offset: Int, stage: Int)? {
    prepared[what].map { (memory.offsets[$0.value], $0.stage) }
  }

  func address(_ id: Int) -> Int {
    guard let index = index[id] else { fatalError("node \(id) is not stored") }
    return memory.offsets[index]
  }

  init(_ fusion: Fusion, results: [Int]) {
    let graph = fusion.graph
    var values: [MemoryPlan.Value] = []
    var partialValues: [(stage: Int, root: Int, value: Int)] = []
    func define(_ id: Int, at stage: Int, _ index: inout [Int: Int]) {
      index[id] = values.count
      values.append(.init(count: graph.nodes[id].shape.count, birth: stage, death: stage))
    }
    var places: [Int: Int] = [:]
    for id in graph.nodes.indices where fusion.isLive[id] && fusion.kind(id) == .input {
      define(id, at: -1, &places)
    }
    for (stage, content) in fusion.stages.enumerated() {
      let reads: Set<Int>
      switch content {
      case .operation(let id):
        if let sum = fusion.accumulations[id] {
          places[id] = places[sum.base]
          reads = Set(fusion.operands(sum.contraction) + [id])
        } else {
          define(id, at: stage, &places)
          reads = Set(fusion.operands(id))
        }
      case .loop(let cluster):
        for root in cluster.roots {
          define(root, at: stage, &places)
          guard fusion.kind(root) == .reduction else { continue }
          let geometry = cluster.geometry
          let chunks = (geometry.count + geometry.chunk - 1) / max(geometry.chunk, 1)
          let period = graph.nodes[root].shape.count
          guard case .repeating(let repeats, period) = fusion.reductionAccess(root).pattern,
            repeats * period == geometry.count, chunks > 1
          else { continue }
          partialValues.append((stage, root, values.count))
          values.append(.init(count: chunks * period, birth: stage, death: stage))
        }
        reads = cluster.reads
      }
      for id in reads { if let value = places[id] { values[value].death = stage } }
      if case .operation(let id) = content {
        prepare(fusion.accumulations[id]?.contraction ?? id, fusion, at: stage, &values)
      }
    }
    for id in results {
      if let value = places[fusion.source(id)] { values[value].death = fusion.stages.count }
    }
    // What depends on fixed arguments alone stays for the replays that do not compute it again.
    let firstVarying = fusion.firstVaryingStage
    for index in values.indices
    where values[index].birth < firstVarying && values[index].death >= firstVarying {
      values[index].death = fusion.stages.count
    }
    memory = MemoryPlan(
      values.map { value in
        MemoryPlan.Value(
          count: value.count, birth: value.birth < 0 ? -1 : fusion.levels[value.birth],
          death: value.death < fusion.stages.count ? fusion.levels[value.death] : value.death)
      })
    index = places
    for partial in partialValues {
      partials[partial.stage, default: [:]][partial.root] = memory.offsets[partial.value]
    }
  }

  /// Makes room for what a convolution needs laid out differently, or lets it live until then.
  private mutating func prepare(
    _ id: Int, _ fusion: Fusion, at stage: Int, _ values: inout [MemoryPlan.Value]
  ) {
    let node = fusion.graph.nodes[id]
    guard case .convolution(let form) = node.op else { return }
    let shapes = node.inputs.map { fusion.graph.nodes[$0].shape }
    let written = ConvolutionGeometry(form, shapes: shapes, result: node.shape)
    let (role, geometry) = written.executed(as: form.role)
    let operands = fusion.operands(id)
    var needed: [(Prepared, count: Int)] = []
    if form.role == .input {
      needed.append((.turned(operands[1], written), written.filterCount))
    }
    let images = operands[role == .filter ? 1 : 0]
    switch geometry.method {
    case .planes where role != .input:
      needed.append((.planes(images, geometry.planes), geometry.planes.count))
    case .taps:
      let foldings =
        switch role {
        case .output: [(images, geometry.foldedImages)]
        case .input: [(images, geometry.foldedOutputs)]
        case .filter: [(images, geometry.foldedImages), (operands[0], geometry.foldedOutputs)]
        }
      needed += foldings.filter { !$0.1.isIdentity }.map { (.folded($0.0, $0.1), $0.1.count) }
    case .planes, .windows: break
    }
    for (what, count) in needed {
      if let known = prepared[what] {
        values[known.value].death = stage
      } else {
        prepared[what] = (values.count, stage)
        values.append(.init(count: count, birth: stage, death: stage))
      }
    }
  }
}
