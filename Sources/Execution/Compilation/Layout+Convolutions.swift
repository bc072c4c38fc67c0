import Tensors

extension Layout {
  /// What convolutions lay out differently, once for all steps that use it.
  enum Prepared: Hashable {
    /// A filter for gradients with respect to images; the same numbers can be filters of several
    /// shapes.
    case turnedFilter(Int, shape: [Int], turnsAround: Bool)
    case folded(Int, ImageFolding)
    case planes(Int, ImagePlanes)

    /// What is laid out.
    var source: Int {
      switch self {
      case .turnedFilter(let id, _, _), .folded(let id, _), .planes(let id, _): id
      }
    }

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
    return needed
  }

  /// Numbers that a filter's gradient adds up elsewhere than in its place.
  static func roomForSums(_ id: Int, _ fusion: Fusion) -> Int {
    let node = fusion.graph.nodes[id]
    guard fusion.isShared, case .convolution(let form) = node.op, form.role == .filter else {
      return 0
    }
    let shapes = node.inputs.map { fusion.graph.nodes[$0].shape }
    return FilterSums(
      ConvolutionGeometry(form, shapes: shapes, result: node.shape), isShared: true
    ).room
  }

  /// Makes room for what a convolution needs laid out differently, or lets it live until then.
  ///
  /// Returns the operands that are not read any more, because they lie laid out already.
  mutating func prepare(
    _ id: Int, _ fusion: Fusion, at stage: Int, _ values: inout [MemoryPlan.Value]
  ) -> Set<Int> {
    let operands = fusion.operands(id)
    var unread: Set<Int> = []
    for (what, count) in Self.needs(id, fusion) {
      if let known = prepared[what] {
        values[known.value].live(until: stage, fusion)
        if operands[0] != operands[1] { unread.insert(what.source) }
      } else {
        prepared[what] = (values.count, stage)
        values.append(.init(count: count, birth: stage, death: stage))
      }
    }
    return unread
  }
}
