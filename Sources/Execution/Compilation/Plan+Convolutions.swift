import Tensors

extension Plan {
  /// Adds a convolution, and before it what lays its operands out if nobody has yet.
  ///
  /// `sum`: the node itself, or the sum to which its value is added.
  mutating func addConvolution(
    _ form: Convolution, _ id: Int, as sum: Int, _ fusion: Fusion, _ buffers: BufferAssignment,
    at stage: Int, _ address: (Int) -> Int
  ) {
    let node = fusion.graph.nodes[id]
    let label = fusion.graph.labels[id]
    func place(_ operand: Int) -> Int { address(node.inputs[operand]) }
    let operands = fusion.operands(id)
    let written = ConvolutionGeometry(
      form, shapes: node.inputs.map { fusion.graph.nodes[$0].shape }, result: node.shape)
    floatingPointOperations += 2 * Double(written.pixels * written.window * written.outChannels)

    /// Where something lies laid out, nil where it lies so already.
    func prepared(
      _ what: BufferAssignment.Prepared, _ operation: String, by step: (_ offset: Int) -> Step
    ) -> Int? {
      guard let there = buffers.prepared(what, at: stage) else { return nil }
      if there.stage == stage { append(step(there.offset), operation, label) }
      return there.offset
    }
    func folded(_ form: SpaceToDepth, of operand: Int) -> SpaceToDepth {
      var folding = form
      let there = prepared(.spaceToDepth(operands[operand], form), "space-to-depth") {
        (folding.source, folding.result) = (place(operand), $0)
        return .spaceToDepth(folding)
      }
      folding.result = there ?? place(operand)
      return folding
    }

    /// The filter as the kernel needs it, nil where its gradient is wanted.
    let filter: Int? =
      switch form.role {
      case .output: place(1)
      case .input:
        prepared(.packed(operands[1], written), "filter packing") {
          .filterPacking(FilterPacking(written, isShared: isShared, filter: place(1), result: $0))
        } ?? place(1)
      case .filter: nil
      }
    let (role, geometry) = written.executed(as: form.role)
    let images = role == .filter ? 1 : 0
    let (result, accumulates) = (address(sum), sum != id)
    var sums = SplitKSums(geometry, isShared: isShared && role == .filter)
    (sums.result, sums.others) = (result, buffers.partialSums(of: id, at: stage) ?? result)
    switch (geometry.method, role) {
    case (.planes, .output), (.planes, .filter):
      var planes = geometry.planes
      planes.source = place(images)
      let there = prepared(.planes(operands[images], geometry.planes), "planar packing") {
        planes.result = $0
        return .planarPacking(planes)
      }
      planes.result = there ?? planes.source
      let kernel = PlanarConvolution(
        role: role, geometry: geometry, images: planes, second: filter ?? place(0),
        result: result, accumulates: accumulates, isShared: isShared, sums: sums)
      scratchCount = max(scratchCount, kernel.scratch)
      append(.planes(kernel), node.op.name, label)
    case (.taps, _):
      let kernel = ShiftedConvolution(
        role: role, geometry: geometry,
        images: role == .input
          ? geometry.imagesBySpaceToDepth : folded(geometry.imagesBySpaceToDepth, of: images),
        outputs: role == .output
          ? geometry.outputsBySpaceToDepth : folded(geometry.outputsBySpaceToDepth, of: 0),
        filter: filter ?? 0, result: result, accumulates: accumulates, isShared: isShared,
        sums: sums, tables: &tapTables)
      scratchCount = max(scratchCount, kernel.scratch)
      append(.taps(kernel), node.op.name, label)
    case (.windows, _), (.planes, .input):
      let kernel = Im2colConvolution(
        role: role, geometry: geometry, first: place(0), second: filter ?? place(1),
        result: result, accumulates: accumulates, isShared: isShared)
      scratchCount = max(scratchCount, kernel.scratch)
      append(.windows(kernel), node.op.name, label)
    }
  }
}
