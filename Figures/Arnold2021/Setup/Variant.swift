import CommonSetup
import DataSets

/// A place in the tables of networks: a data set, what helps the network, and its depth.
package struct Variant: Codable, Hashable, Sendable {
  package var set: ImageSet
  package var method: Method
  /// The number of convolutional layers.
  package var depth: Int

  package init(_ set: ImageSet, _ method: Method, depth: Int = 2) {
    (self.set, self.method, self.depth) = (set, method, depth)
  }
}

/// What was found of a training on unseen classes.
package struct Accuracy: Codable, Equatable, Sendable {
  /// The mean accuracy after the last inner step, from 0 to 1.
  package var accuracy: Double
  /// The mean loss of the first epoch's episodes while training.
  package var firstLoss: Double
  /// The accuracy on validation classes after every epoch, where they choose the one that is judged.
  package var validation: [Double]?
}
