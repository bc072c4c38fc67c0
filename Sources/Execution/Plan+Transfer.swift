import Tensors

/// What goes into an arena before a replay, and comes out of it afterwards.
extension Plan {
  /// Where arguments are, for as long as the body runs.
  ///
  /// They are held meanwhile and nobody changes them, so their numbers stay where they are. A
  /// closure in another for each would be a deep stack: an update has hundreds of arguments.
  func withAddresses<Result>(of arguments: [ShapedArray], _ body: ([UInt]) -> Result) -> Result {
    withExtendedLifetime(arguments) {
      body(
        arguments.map { argument in
          argument.scalars.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        })
    }
  }

  /// Copies the arguments into the arena that are not read where they are.
  ///
  /// `reusingFixed`: the fixed ones are there.
  func load(_ arguments: [ShapedArray], into arena: Arena, reusingFixed: Bool = false) {
    precondition(arguments.count >= inputs.count, "there are fewer arguments than in the trace")
    for (argument, input) in zip(arguments, inputs) where input != nil {
      precondition(
        argument.scalars.count == input?.count, "an argument's shape differs from the trace")
    }
    func isCopied(_ number: Int) -> Bool {
      number < inputs.count && !(reusingFixed && number < fixedInputs)
        && inputs[number]?.offset != nil
    }
    if arena.workers == 1 {
      for (number, argument) in arguments.enumerated() where isCopied(number) {
        copy(argument, number, 0..<argument.scalars.count, to: arena.values)
      }
    } else {
      let numbers = arguments.indices.filter(isCopied)
      transfer(numbers.map { ($0, arguments[$0].scalars.count) }, in: arena) {
        copy(arguments[$0], $0, $1, to: $2)
      }
    }
  }

  private func copy(
    _ argument: ShapedArray, _ number: Int, _ range: Range<Int>,
    to values: UnsafeMutablePointer<Float>
  ) {
    guard let offset = inputs[number]?.offset else { return }
    argument.scalars.withUnsafeBufferPointer { numbers in
      guard let base = numbers.baseAddress else { return }
      (values + (offset + range.lowerBound)).update(
        from: base + range.lowerBound, count: range.count)
    }
  }

  /// The results, copied from the arena.
  func collect(from arena: Arena) -> [ShapedArray] {
    if arena.workers == 1 {
      return results.map { result in
        let numbers = UnsafeBufferPointer(
          start: arena.values + result.offset, count: result.shape.count)
        return ShapedArray(Array(numbers), shape: result.shape)
      }
    }
    return Self.arrays(results.map(\.shape)[...]) { addresses in
      transfer(results.enumerated().map { ($0, $1.shape.count) }, in: arena) {
        number, range, values in
        guard let array = UnsafeMutablePointer<Float>(bitPattern: addresses[number]) else { return }
        (array + range.lowerBound).initialize(
          from: values + (results[number].offset + range.lowerBound), count: range.count)
      }
    }
  }

  /// Numbers that one worker copies at a time: about as many as it takes of a loop.
  private static let piece = LoopGeometry.chunkElements

  /// Copies arrays of so many numbers each, with all workers.
  ///
  /// The copies are short, but in the memory of one core only they would be far from the others.
  private func transfer(
    _ arrays: [(number: Int, count: Int)], in arena: Arena,
    copy: @escaping @Sendable (_ number: Int, Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let pieces = arrays.flatMap { array in
      stride(from: 0, to: array.count, by: Self.piece).map {
        (number: array.number, range: $0..<min($0 + Self.piece, array.count))
      }
    }
    let team = Team(Agenda(units: [pieces.count]))
    let values = UInt(bitPattern: arena.values)
    arena.crew.perform { worker in
      guard let values = UnsafeMutablePointer<Float>(bitPattern: values) else { return }
      team.work(as: worker) { copy(pieces[$1].number, pieces[$1].range, values) }
    }
  }

  /// Arrays of these shapes, filled by a body that gets the addresses of all of them.
  ///
  /// An array's memory may be written before it is one only inside a closure, so there is one in
  /// the other for each.
  private static func arrays(
    _ shapes: ArraySlice<Shape>, _ addresses: [UInt] = [], filledBy fill: ([UInt]) -> Void
  ) -> [ShapedArray] {
    guard let shape = shapes.first else {
      fill(addresses)
      return []
    }
    var others: [ShapedArray] = []
    let scalars = [Float](unsafeUninitializedCapacity: shape.count) { numbers, count in
      others = arrays(
        shapes.dropFirst(), addresses + [UInt(bitPattern: numbers.baseAddress)], filledBy: fill)
      count = shape.count
    }
    return [ShapedArray(scalars, shape: shape)] + others
  }
}
