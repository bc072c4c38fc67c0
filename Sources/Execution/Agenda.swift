/// The steps that a team does one after the other, and the errands beside them: the same in every
/// replay of a plan.
struct Agenda: Sendable {
  /// The parts of each step, and after them of each errand.
  let units: [Int]
  let errands: [Team.Errand]
  /// For each errand, those that must be done after it.
  let waiting: [[Int]]

  var stepCount: Int { units.count - errands.count }

  /// Steps of so many parts each.
  ///
  /// `errands`: the last ones of them, which are no steps but errands.
  init(units: [Int] = [], errands: [Team.Errand] = []) {
    let limits = Announcement.limits
    precondition(
      units.count < limits.steps && units.allSatisfy { $0 < limits.parts }, "too many parts")
    self.units = units
    self.errands = errands
    var waiting = Array(repeating: [Int](), count: errands.count)
    for (number, errand) in errands.enumerated() {
      for before in errand.after { waiting[before].append(number) }
    }
    self.waiting = waiting
  }
}
