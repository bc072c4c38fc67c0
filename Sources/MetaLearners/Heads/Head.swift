import Episodes
import Tensors

/// What tells classes apart by the features of a few examples: the solution of a problem that is
/// convex in the head, as a function of those features.
///
/// A head has no weights to learn. Whatever it is fitted by is written in tensors, so that the outer
/// loop can pass a gradient through the fit to the features.
public protocol Head: Encodable, Sendable {
  /// How much each query looks like each class, `[queries, ways]`.
  ///
  /// Inputs are features: `[queries, features]`, and `[examples, features]` with one-hot targets
  /// `[examples, ways]`.
  func scores(for query: Tensor, after support: Batch<Tensor>) -> Tensor
}
