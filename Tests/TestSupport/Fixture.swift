import Episodes
import Foundation
import MetaLearners
import Networks
import Tensors

/// A part of a fixture: what `Tests/Fixtures/generate_fixtures.py` has written.
package indirect enum Fixture: Decodable, Sendable {
  case object([String: Fixture])
  case list([Fixture])
  case number(Double)
  case text(String)
  case flag(Bool)

  /// The cases of a file.
  package static func cases(_ file: String) throws -> [Fixture] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: folder.appending(path: "Fixtures/\(file).json"))
    return try JSONDecoder().decode(Fixture.self, from: bytes)["cases"].list
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([Fixture].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: Fixture].self))
    }
  }

  package subscript(key: String) -> Fixture {
    guard case .object(let members) = self, let member = members[key] else {
      fatalError("the fixture has no \(key)")
    }
    return member
  }

  package var list: [Fixture] { if case .list(let list) = self { list } else { [] } }
  package var number: Double { if case .number(let number) = self { number } else { .nan } }
  package var text: String { if case .text(let text) = self { text } else { "" } }
  package var isTrue: Bool { if case .flag(true) = self { true } else { false } }
  package var int: Int { Int(number) }
}

/// An array of a fixture, in double precision.
package struct DoubleArray: Sendable {
  package var shape: Shape
  package var values: [Double]

  package init(shape: Shape, values: [Double]) {
    self.shape = shape
    self.values = values
  }

  package var single: ShapedArray { ShapedArray(values.map { Float($0) }, shape: shape) }
}

extension Fixture {
  package var array: DoubleArray {
    DoubleArray(
      shape: Shape(self["shape"].list.map(\.int)), values: self["values"].list.map(\.number))
  }

  /// Named arrays in a given order, under our names for them.
  package func parameters(_ names: [String]) -> Parameters<DoubleArray> {
    Parameters(
      names: names.map { Self.ourName($0, among: names) }, leaves: names.map { self[$0].array })
  }

  /// Named groups of arrays, such as the factors of each weight's rule: `weight/factor`.
  package func groups(_ names: [String]) -> Parameters<DoubleArray> {
    var parameters = Parameters<DoubleArray>()
    for name in names {
      guard case .object(let members) = self[name] else { continue }
      for key in members.keys.sorted() {
        parameters[Self.ourName(name, among: names) + "/" + key] = self[name][key].array
      }
    }
    return parameters
  }

  package var names: [String] { self["names"].list.map(\.text) }

  /// `convolution1.weights` is our `block1/filter`, and the last dense layer our `head`.
  private static func ourName(_ name: String, among names: [String]) -> String {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 2 else { return name }
    let (layer, role) = (parts[0], parts[1] == "weights" ? "weight" : parts[1])
    let last = names.last.map { $0.split(separator: ".")[0] } ?? ""
    if layer.hasPrefix("linear") { return "head/\(layer)/\(role)" }
    if layer == "headTransform" { return "head/transform" }
    if let number = layer.wholeMatch(of: /transform(\d+)/)?.1 { return "block\(number)/transform" }
    if layer == last || layer == "head" { return "head/\(role)" }
    if let number = layer.wholeMatch(of: /convolution(\d+)/)?.1 { return "block\(number)/filter" }
    if let number = layer.wholeMatch(of: /normalization(\d+)/)?.1 {
      return "block\(number)/\(role)"
    }
    return "\(layer)/\(role)"
  }

  /// A batch whose targets are arrays, or labels among so many ways.
  package func batch(ways: Int) -> Batch<DoubleArray> {
    if case .object = self["targets"] {
      return Batch(inputs: self["inputs"].array, targets: self["targets"].array)
    }
    let labels = self["targets"].list.map(\.int)
    let oneHot = labels.flatMap { label in (0..<ways).map { $0 == label ? 1.0 : 0.0 } }
    return Batch(
      inputs: self["inputs"].array,
      targets: DoubleArray(shape: [labels.count, ways], values: oneHot))
  }

  package func episode(ways: Int) -> Episode<DoubleArray> {
    Episode(support: self["support"].batch(ways: ways), query: self["query"].batch(ways: ways))
  }

  private var activation: Activation {
    switch self["activation"].text {
    case "relu": .relu
    case "softplus": .softplus
    default: .tanh
    }
  }

  /// The network that a fixture's `network` describes; it tells three classes apart.
  package var convolutionalNetwork: ConvolutionalNetwork {
    let side = self["side"].int
    var network = ConvolutionalNetwork(
      imageShape: [side, side, self["channels"].int], ways: 3, depth: self["blocks"].int,
      filters: self["filters"].int,
      downsampling: self["pool"].isTrue ? .pooling(side: 2) : .stride(self["stride"].int))
    network.normalization.epsilon = self["epsilon"].number
    network.activation = activation
    network.headInput = self["headInput"].text == "mean" ? .mean : .flattened
    if case .object(let members) = self, let widths = members["linear"] {
      network.linearWidths = widths.list.map(\.int)
    }
    return network
  }

  package var perceptron: Perceptron {
    Perceptron(widths: self["sizes"].list.map(\.int), activation: activation)
  }
}

extension Batch where Leaf == DoubleArray {
  package var single: Batch<ShapedArray> {
    Batch<ShapedArray>(inputs: inputs.single, targets: targets.single)
  }
  package var leaves: [[Double]] { [inputs.values, targets.values] }
}

extension Episode where Leaf == DoubleArray {
  package var single: Episode<ShapedArray> {
    Episode<ShapedArray>(support: support.single, query: query.single)
  }
  package var leaves: [[Double]] { support.leaves + query.leaves }
}

extension Parameters where Leaf == DoubleArray {
  package var single: Parameters<ShapedArray> { map(\.single) }
  package var values: [[Double]] { leaves.map(\.values) }
}
