import Claims
import CommonSetup
import DataSets

/// A column of Tables 3.1–3.5.
package struct ImageColumn: Hashable, Sendable {
  package var set: ImageSet
  package var judge: ImageSet
  package var shots: Int

  /// The cell of a method.
  package func place(_ method: ImageMethod) -> ImagePlace {
    ImagePlace(method, set, on: judge, shots: shots)
  }

  package func title(_ scope: ClaimScope) -> String { name(scope.title) }

  /// Its name, where a set is called by its title.
  func name(_ title: (ImageSet) -> String) -> String {
    (set == judge ? title(set) : "\(title(set)) to \(title(judge))") + ", \(shots)-shot"
  }

  /// What a plain learner reaches in the paper's Tables 3.1 and 3.4: MAML, or TURTLE and the
  /// meta-learner LSTM to first order.
  func paperAccuracy(of method: ImageMethod) -> Double? {
    let columns: [Double]? =
      switch method {
      case .maml: [0.47, 0.63, 0.52, 0.73, 0.35, 0.56, 0.31, 0.47]
      case .foTURTLE: [0.43, 0.59, 0.50, 0.64, 0.36, 0.54, 0.30, 0.31]
      case .lstm: [0.45, 0.61, 0.50, 0.65, 0.34, 0.52, 0.29, 0.37]
      default: nil
      }
    // Own sets before cross-domain columns, mini-ImageNet's training before CUB's.
    let place = (set == judge ? 0 : 4) + (set == .cub ? 2 : 0) + (shots == 1 ? 0 : 1)
    return columns?[place]
  }
}

extension ImagePlace {
  package var column: ImageColumn { ImageColumn(set: set, judge: judge, shots: shots) }
}
