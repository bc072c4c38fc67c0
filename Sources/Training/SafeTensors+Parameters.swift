import Experiments
import Tensors

extension SafeTensors {
  /// The arrays of some parameters, under their names.
  public init(_ parameters: Parameters<ShapedArray>, metadata: [String: String] = [:]) {
    self.init(metadata: metadata)
    for (name, leaf) in zip(parameters.names, parameters.leaves) {
      entries[name] = Entry(shape: leaf.shape.extents, scalars: leaf.scalars)
    }
  }

  /// The parameters of an example's names and shapes, in its order.
  ///
  /// - Throws: ``TrainingError/foreignCheckpoint(name:problem:)`` if one of them is not there.
  public func parameters(
    like example: Parameters<ShapedArray>
  ) throws(TrainingError) -> Parameters<ShapedArray> {
    var parameters = Parameters<ShapedArray>()
    for (name, leaf) in zip(example.names, example.leaves) {
      guard let entry = self[name] else {
        throw .foreignCheckpoint(name: name, problem: "is missing")
      }
      guard entry.shape == leaf.shape.extents else {
        throw .foreignCheckpoint(
          name: name, problem: "has the shape \(entry.shape) instead of \(leaf.shape)")
      }
      parameters[name] = ShapedArray(entry.scalars, shape: leaf.shape)
    }
    return parameters
  }
}
