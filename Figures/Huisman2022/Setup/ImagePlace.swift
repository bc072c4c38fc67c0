import CommonSetup
import DataSets

/// A cell of Tables 3.1–3.5.
package struct ImagePlace: Codable, Hashable, Sendable {
  package var method: ImageMethod
  /// The set whose training classes are learned from.
  package var set: ImageSet
  /// The set whose test classes judge.
  package var judge: ImageSet
  /// The number of support images of each class.
  package var shots: Int

  /// A cell; sets are judged on themselves unless told otherwise.
  package init(_ method: ImageMethod, _ set: ImageSet, on judge: ImageSet? = nil, shots: Int) {
    (self.method, self.set, self.judge, self.shots) = (method, set, judge ?? set, shots)
  }

  /// How a set is called in the names of the paper's numbers.
  private static func paperName(_ set: ImageSet) -> String {
    set == .cub ? "CUB" : set.title
  }

  /// The column in the names of the paper's numbers: `mini-ImageNet to CUB/1-shot`.
  private var columnName: String {
    let (from, to) = (Self.paperName(set), Self.paperName(judge))
    return (set == judge ? from : "\(from) to \(to)") + "/\(shots)-shot"
  }

  /// What follows the table in the name of the paper's number.
  package var paperName: String { "\(method.rawValue)/\(columnName)" }

  /// The name in files: `maml-mini-imagenet-1-shot`.
  package var key: String {
    let sets = set == judge ? set.name : "\(set.name)-to-\(judge.name)"
    return "\(method.key)-\(sets)-\(shots)-shot"
  }
}

/// What a method reached on unseen classes.
package struct ImageOutcome: Codable, Equatable, Sendable {
  /// The mean accuracy on test episodes at the chosen epoch, after adaptation.
  package var accuracy: Double
  /// The mean accuracy on validation episodes before training and after every epoch, where there
  /// are epochs to choose from.
  package var validation: [Double]?
  /// The mean loss of the first epoch of training, where there is one.
  package var firstLoss: Double?
}
