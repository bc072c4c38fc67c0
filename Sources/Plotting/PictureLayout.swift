/// Where everything of a picture lies on its page.
struct PictureLayout {
  var size: Size
  var title: Label?
  var caption: Label?
  var legend: Legend?
  var legendTop = 0.0
  var panels: [(panel: Panel, area: Rect)]

  private let columns: Int
  private var rows: Int { (panels.count + columns - 1) / columns }

  /// A plot's height as part of its width, when the page's height is free.
  private static let aspect = 0.68

  init(of picture: Picture, on canvas: any Canvas) {
    let width = picture.width * 72
    let inner = width - 2 * Style.pageMargin
    columns = picture.columnCount
    size = Size(width: width, height: 0)
    panels = Self.panels(of: picture, columns: columns).map {
      ($0, Rect(x: 0, y: 0, width: 0, height: 0))
    }

    var top = Style.pageMargin
    if !picture.title.isEmpty {
      let label = canvas.wrapped(picture.title, to: inner) {
        Label($0, Font(size: Style.titleSize + 0.5, isBold: true))
      }
      title = label
      top += canvas.size(of: label).height + 7
    }
    if picture.legend == .shared {
      let legend = Legend(of: picture.plots)
      self.legend = legend
      legendTop = top
      top += legend.rowsHeight(within: inner, on: canvas) + 3
    }
    var bottom = Style.pageMargin
    if !picture.caption.isEmpty {
      let label = canvas.wrapped(picture.caption, to: inner) {
        Label($0, Font(size: Style.captionSize), .quiet)
      }
      caption = label
      bottom += canvas.size(of: label).height + Style.captionSize * Label.descent + 7
    }

    // Margins depend on ticks, ticks on the areas, areas on margins: three rounds settle them.
    let guess = inner / Double(columns) * 0.8
    var areas = [Rect](
      repeating: Rect(x: 0, y: 0, width: guess, height: guess * Self.aspect), count: panels.count)
    for round in 0..<4 {
      let margins = panels.indices.map { index in
        panels[index].panel.margins(around: areas[index], on: canvas)
      }
      areas = place(
        margins, top: top, bottom: bottom, height: picture.height.map { $0 * 72 })
      if round < 2 { findRoom(in: areas, sharing: picture.sharing, on: canvas) }
    }
    for index in panels.indices { panels[index].area = areas[index] }
  }

  /// Finds room in every panel; where a row shares its axes, with the same headroom in all of it.
  private mutating func findRoom(
    in areas: [Rect], sharing: Picture.Sharing, on canvas: any Canvas
  ) {
    for index in panels.indices {
      panels[index].panel.leastHeadroom = 0
      panels[index].panel.findRoom(in: areas[index], on: canvas)
    }
    guard sharing == .rows else { return }
    for start in stride(from: 0, to: panels.count, by: columns) {
      let row = start..<min(start + columns, panels.count)
      // More headroom in one may ask for more again, as long as there is more to be had.
      while let most = row.map({ panels[$0].panel.headroom }).max(),
        let index = row.first(where: { panels[$0].panel.headroom < most })
      {
        panels[index].panel.leastHeadroom = most
        panels[index].panel.findRoom(in: areas[index], on: canvas)
      }
    }
  }

  /// Areas of equal size, with the margins of a row or column as wide as its neediest panel.
  private mutating func place(
    _ margins: [Margins], top: Double, bottom: Double, height: Double?
  ) -> [Rect] {
    func greatest(_ side: KeyPath<Margins, Double>, _ isMember: (Int) -> Bool) -> Double {
      margins.indices.filter(isMember).map { margins[$0][keyPath: side] }.max() ?? 0
    }
    let columns = self.columns
    let lefts = (0..<columns).map { column in greatest(\.left) { $0 % columns == column } }
    let rights = (0..<columns).map { column in greatest(\.right) { $0 % columns == column } }
    let tops = (0..<rows).map { row in greatest(\.top) { $0 / columns == row } }
    let bottoms = (0..<rows).map { row in greatest(\.bottom) { $0 / columns == row } }

    let sides = lefts.reduce(0, +) + rights.reduce(0, +) + Style.panelGap * Double(columns - 1)
    let width = max((size.width - 2 * Style.pageMargin - sides) / Double(columns), 20)
    let gaps = tops.reduce(0, +) + bottoms.reduce(0, +) + Style.panelGap * 0.6 * Double(rows - 1)
    let areaHeight =
      height.map { max(($0 - top - bottom - gaps) / Double(rows), 20) } ?? width * Self.aspect
    size.height = top + bottom + gaps + areaHeight * Double(rows)

    return margins.indices.map { index in
      let (row, column) = (index / columns, index % columns)
      let before =
        lefts[...column].reduce(0, +) + rights[..<column].reduce(0, +)
        + Double(column) * (width + Style.panelGap)
      let above =
        tops[...row].reduce(0, +) + bottoms[..<row].reduce(0, +)
        + Double(row) * (areaHeight + Style.panelGap * 0.6)
      return Rect(x: Style.pageMargin + before, y: top + above, width: width, height: areaHeight)
    }
  }

  /// The panels with shared limits, letters, and labels at the edges only where axes are shared.
  private static func panels(of picture: Picture, columns: Int) -> [Panel] {
    let sharesX = picture.sharing == .x || picture.sharing == .both
    let sharesY = picture.sharing == .y || picture.sharing == .both
    let plots = picture.plots
    let xRange = plots.reduce(DataRange.none) { $0.union($1.xRange()) }
    func yRange(_ plots: ArraySlice<Plot>, on side: Side) -> DataRange {
      plots.reduce(DataRange.none) { $0.union($1.yRange(on: side)) }
    }
    return plots.enumerated().map { index, plot in
      var panel = Panel(plot)
      let row = index / columns * columns
      let sharers =
        picture.sharing == .rows ? plots[row..<min(row + columns, plots.count)] : plots[...]
      if plots.count > 1 { panel.letter = "(\(letter(index)))" }
      if sharesX {
        panel.xLimits = plot.x.limits(for: xRange)
        panel.labelsX = index + columns >= plots.count
      }
      if sharesY || picture.sharing == .rows {
        panel.leftLimits = plot.y.limits(for: yRange(sharers, on: .left))
        panel.rightLimits =
          plot.right?.limits(for: yRange(sharers, on: .right)) ?? panel.rightLimits
      }
      if sharesY {
        panel.labelsY = index % columns == 0
        panel.maySetHeadroom = false
      }
      if picture.legend == .shared { panel.legendPlacement = .none }
      return panel
    }
  }

  private static func letter(_ index: Int) -> Character {
    Character(UnicodeScalar(UInt8(97 + index % 26)))
  }
}
