import Tensors

extension BufferAssignment {
  /// What convolutions lay out differently, once for all steps that use it.
  enum Prepared: Hashable {
    /// A filter for gradients with respect to images; the same numbers can be filters of several
    /// shapes.
    case packedFilter(Int, shape: [Int], turnsAround: Bool)
    case spaceToDepth(Int, SpaceToDepth)
    case planes(Int, PlanarPacking)

    /// What is laid out.
    var source: Int {
      switch self {
      case .packedFilter(let id, _, _), .spaceToDepth(let id, _), .planes(let id, _): id
      }
    }

    static func packed(_ filter: Int, _ g: ConvolutionGeometry) -> Prepared {
      .packedFilter(
        filter, shape: [g.filterHeight, g.filterWidth, g.channels, g.outChannels],
        turnsAround: g.turnsFilter)
    }
  }

  /// What a convolution needs laid out differently, and how many numbers that is.
  static func needs(_ id: Int, _ fusion: Fusion) -> [(Prepared, count: Int)] {
    let node = fusion.graph.nodes[id]
    guard case .convolution(let form) = node.op else { return [] }
    let shapes = node.inputs.map { fusion.graph.nodes[$0].shape }
    let written = ConvolutionGeometry(form, shapes: shapes, result: node.shape)
    let (role, geometry) = written.executed(as: form.role)
    let operands = fusion.operands(id)
    var needed: [(Prepared, count: Int)] = []
    if form.role == .input {
      needed.append((.packed(operands[1], written), written.filterCount))
    }
    let images = operands[role == .filter ? 1 : 0]
    switch geometry.method {
    case .planes where role != .input:
      needed.append((.planes(images, geometry.planes), geometry.planes.count))
    case .taps:
      let foldings =
        switch role {
        case .output: [(images, geometry.imagesBySpaceToDepth)]
        case .input: [(images, geometry.outputsBySpaceToDepth)]
        case .filter:
          [(images, geometry.imagesBySpaceToDepth), (operands[0], geometry.outputsBySpaceToDepth)]
        }
      needed += foldings.filter { !$0.1.isIdentity }.map { (.spaceToDepth($0.0, $0.1), $0.1.count) }
    case .planes, .windows: break
    }
    return needed
  }

  /// Numbers that a filter's gradient adds up elsewhere than in its place.
  static func roomForSums(_ id: Int, _ fusion: Fusion) -> Int {
    let node = fusion.graph.nodes[id]
    guard fusion.isShared, case .convolution(let form) = node.op, form.role == .filter else {
      return 0
    }
    let shapes = node.inputs.map { fusion.graph.nodes[$0].shape }
    return SplitKSums(
      ConvolutionGeometry(form, shapes: shapes, result: node.shape), isShared: true
    ).room
  }
}
