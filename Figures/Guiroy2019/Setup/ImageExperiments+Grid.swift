import Episodes
import Experiments
import Reproduction

extension ImageExperiments {
  /// The same question in every setting with several seeds.
  ///
  /// A setting for which the data have too few classes or images stays in the grid with the reason.
  ///
  /// - Throws: That reason if there is no other setting, and what is wrong with a question.
  package func grid<Value>(
    seeds: [UInt64], _ study: (Setting, _ seed: UInt64) throws -> Study<Value>
  ) throws -> Study<Grid<Setting, Value>> {
    var (isAnyAvailable, reason): (Bool, EpisodeError?) = (false, nil)
    let grid = try Reproduction.grid(settings, seeds: seeds) { setting, seed in
      do {
        let part = try study(setting, seed)
        isAnyAvailable = true
        return Availability.available(part)
      } catch let error as EpisodeError {
        reason = reason ?? error
        return .missing("\(error)")
      }
    }
    if let reason, !isAnyAvailable { throw reason }
    return grid.using(data)
  }
}

extension Grid where Place == Setting {
  /// What a caption says of the settings that are not drawn.
  package var omissions: String {
    cells.compactMap { cell in
      cell.missing.map { " Not drawn: \(cell.place.fullTitle), since \($0)" }
    }.joined()
  }
}
