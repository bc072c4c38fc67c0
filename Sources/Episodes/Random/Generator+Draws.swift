extension Generator {
  /// A number uniform in [0, 1), with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number uniform between two bounds.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A number of the standard normal distribution, by the method of Box and Muller.
  ///
  /// Every call takes exactly two words of the stream.
  public mutating func normal() -> Double {
    // 1 − u lies in (0, 1], where the logarithm is finite.
    let radius = (-2 * StableMath.logarithm(1 - uniform())).squareRoot()
    return radius * StableMath.cosine(turns: uniform())
  }

  /// A standard normal number, drawn again while it lies more than `bound` from zero.
  public mutating func truncatedNormal(bound: Double = 2) -> Double {
    precondition(bound > 0, "a truncated normal needs a positive bound, not \(bound)")
    while true {
      let number = normal()
      if abs(number) <= bound { return number }
    }
  }

  /// An integer uniform among 0, …, count − 1.
  ///
  /// The high half of a 128-bit product; its bias is below count / 2⁶⁴.
  public mutating func index(below count: Int) -> Int {
    precondition(count > 0, "there is nothing to choose from")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// One of the elements.
  public mutating func element<Element>(of elements: [Element]) -> Element {
    elements[index(below: elements.count)]
  }

  /// The elements in a random order (Fisher and Yates).
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    choose(elements.count, from: elements)
  }

  /// Different elements, in a random order.
  public mutating func choose<Element>(_ count: Int, from elements: [Element]) -> [Element] {
    precondition(
      count <= elements.count, "cannot choose \(count) of \(elements.count) elements")
    var elements = elements
    for place in 0..<count {
      elements.swapAt(place, place + index(below: elements.count - place))
    }
    return Array(elements.prefix(count))
  }

  /// Different integers among 0, …, total − 1, in a random order.
  public mutating func choose(_ count: Int, below total: Int) -> [Int] {
    choose(count, from: Array(0..<total))
  }
}
