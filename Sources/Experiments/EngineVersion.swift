/// Which numbers the package computes: part of the key of every run.
///
/// Raise it in the commit after which the same settings give other bits: a changed kernel or order
/// of summation, another random stream, a corrected formula in a layer, a learner or a metric. All
/// stored runs are then computed anew, and the golden values have to be renewed with it. Leave it
/// alone for anything that cannot move a number: messages, plots, speed at equal bits, new
/// experiments. A change that concerns one experiment only raises that experiment's own `version`.
public enum EngineVersion {
  /// The version that this source computes.
  public static let current = 6
}
