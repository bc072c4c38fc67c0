import Tensors

/// What goes into an arena before a replay, and comes out of it afterwards.
///
/// Workers who share a replay copy arguments and results as steps of it (`Fusion+Transfers`).
extension Plan {
  /// Where arguments lie, and where results are to if steps copy them.
  struct Addresses: Sendable {
    var arguments: [UInt]
    var results: [UInt] = []
  }

  func check(_ arguments: [ShapedArray]) {
    precondition(arguments.count >= inputs.count, "there are fewer arguments than in the trace")
    for (argument, input) in zip(arguments, inputs) where input != nil {
      precondition(
        argument.scalars.count == input?.count, "an argument's shape differs from the trace")
    }
  }

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
  func load(_ arguments: [UInt], into arena: Arena, reusingFixed: Bool) {
    for (number, input) in inputs.enumerated() where !(reusingFixed && number < fixedInputs) {
      guard let input, let offset = input.offset,
        let argument = UnsafePointer<Float>(bitPattern: arguments[number])
      else { continue }
      (arena.values + offset).update(from: argument, count: input.count)
    }
  }

  /// The results, copied from the arena.
  func collect(from arena: Arena) -> [ShapedArray] {
    results.map { result in
      let numbers = UnsafeBufferPointer(
        start: arena.values + result.offset, count: result.shape.count)
      return ShapedArray(Array(numbers), shape: result.shape)
    }
  }

  /// The results, which a body writes to the addresses that it gets.
  func makeResults(_ write: ([UInt]) -> Void) -> [ShapedArray] {
    var addresses: [UInt] = []
    var arrays: [ShapedArray] = []
    addresses.reserveCapacity(results.count)
    arrays.reserveCapacity(results.count)
    makeResults(&addresses, &arrays, write)
    arrays.reverse()
    return arrays
  }

  /// An array's memory may be written before it is one only inside a closure, so there is one in
  /// the other for each, and the last array is the first to be there.
  private func makeResults(
    _ addresses: inout [UInt], _ arrays: inout [ShapedArray], _ write: ([UInt]) -> Void
  ) {
    guard addresses.count < results.count else { return write(addresses) }
    let shape = results[addresses.count].shape
    let scalars = [Float](unsafeUninitializedCapacity: shape.count) { numbers, count in
      addresses.append(UInt(bitPattern: numbers.baseAddress))
      makeResults(&addresses, &arrays, write)
      count = shape.count
    }
    arrays.append(ShapedArray(scalars, shape: shape))
  }
}
