/// Axes with marks: a picture, or one panel of it, as a value.
public struct Plot: Sendable {
  var title: String
  var x: Axis
  var y: Axis
  var right: Axis?
  var legend: LegendPlacement
  var marks: [any Mark]
  var hasGrid = false
  var inset: Inset?

  /// Axes and what they show.
  ///
  /// - Parameters:
  ///   - title: A line above; after the panel's letter, if it has one.
  ///   - x: The horizontal axis.
  ///   - y: The vertical axis.
  ///   - right: A second vertical axis for marks that are `onRightAxis()`; both axes then take the
  ///     colour of their first series.
  ///   - legend: Where series are named.
  ///   - marks: What is drawn, the first at the back.
  public init(
    _ title: String = "", x: Axis, y: Axis, right: Axis? = nil,
    legend: LegendPlacement = .automatic, @MarkBuilder marks: () -> [any Mark]
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.right = right
    self.legend = legend
    self.marks = marks()
  }

  /// The same plot on a light grid.
  public func grid() -> Plot {
    var copy = self
    copy.hasGrid = true
    return copy
  }

  /// The same plot with a small one inside it.
  ///
  /// - Parameters:
  ///   - plot: What the inset shows; it has no legend of its own.
  ///   - corner: Where it stands; by default where it is clear of the data, for which the vertical
  ///     axes may be extended.
  ///   - width: Its part of the plot's width.
  ///   - height: Its part of the plot's height.
  /// - Returns: A plot with exactly this inset.
  public func inset(
    _ plot: Plot, in corner: Corner? = nil, width: Double = 0.46, height: Double = 0.5
  ) -> Plot {
    var copy = self
    var small = plot
    small.legend = .none
    copy.inset = Inset(plots: [small], corner: corner, width: width, height: height)
    return copy
  }
}

/// A small plot inside another.
struct Inset: Sendable {
  /// Exactly one; an array because a value cannot contain itself.
  var plots: [Plot]
  var corner: Corner?
  var width: Double
  var height: Double
}

/// Where the series of a plot are named.
public enum LegendPlacement: Hashable, Sendable {
  /// Inside where it is clear of the data, else above.
  case automatic
  /// Inside, in a given corner.
  case inside(Corner)
  /// Between the title and the axes.
  case above
  /// Nowhere.
  case none
}

extension Plot {
  /// A mark with the look that its place among the others gives it.
  struct Item {
    var mark: any Mark
    var look: Look
    var side: Side
    var slot: (index: Int, count: Int)
  }

  /// The marks with their looks: series count from zero, companions look like the next series.
  var items: [Item] {
    let isSeries = marks.map { $0.role == .series || $0.role == .bars }
    var looks: [Look?] = []
    var count = 0
    for (mark, counts) in zip(marks, isSeries) {
      switch mark.settings.ink {
      case .series(let index): looks.append(Style.look(ofSeries: index))
      case .color(let color): looks.append(Look(color: color, dash: [], marker: .circle))
      case .automatic:
        looks.append(counts ? Style.look(ofSeries: count) : nil)
        count += counts ? 1 : 0
      }
    }
    let bars = marks.indices.filter { marks[$0].role == .bars }
    return marks.indices.map { index in
      let mark = marks[index]
      let leader =
        mark.role == .companion
        ? marks.indices.first { $0 > index && isSeries[$0] }
          ?? marks.indices.last { $0 < index && isSeries[$0] } : nil
      return Item(
        mark: mark,
        look: looks[index] ?? leader.flatMap { looks[$0] }
          ?? Look(color: .ink, dash: [], marker: .circle),
        side: mark.settings.side ?? leader.flatMap { marks[$0].settings.side } ?? .left,
        slot: (bars.firstIndex(of: index) ?? 0, max(bars.count, 1)))
    }
  }

  /// What an axis must show of all marks on it.
  func xRange() -> DataRange {
    marks.reduce(DataRange.none) { $0.union($1.xRange) }
  }

  func yRange(on side: Side) -> DataRange {
    items.filter { $0.side == side }.reduce(DataRange.none) { $0.union($1.mark.yRange) }
  }

  /// The colour of a vertical axis: ink, or that of its first series when there are two axes.
  func color(of side: Side) -> Color {
    guard right != nil else { return .ink }
    return items.first { $0.side == side && $0.mark.role != .annotation }?.look.color ?? .ink
  }
}
