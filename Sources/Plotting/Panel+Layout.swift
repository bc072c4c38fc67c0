import Foundation

extension Panel {
  static let colorBarWidth = 8.0
  static let colorBarGap = 6.0

  var titleFont: Font { Font(size: Style.titleSize * scale) }

  /// The title, broken so that it stays over its panel and the axis at the right.
  func title(_ axes: PanelAxes, over area: Rect, on canvas: any Canvas) -> Label? {
    guard !plot.title.isEmpty else { return nil }
    let width = area.width + (axes.right.map { verticalReach($0, on: canvas) } ?? 0)
    return canvas.wrapped(plot.title, to: max(width - letterWidth(on: canvas), 40)) {
      Label($0, titleFont)
    }
  }

  var letterLabel: Label {
    Label(verbatim: letter, Font(size: titleFont.size, isBold: true))
  }

  func letterWidth(on canvas: any Canvas) -> Double {
    letter.isEmpty ? 0 : canvas.size(of: letterLabel).width + 4
  }

  /// The space that axes, title and legend need around an area of a given size.
  func margins(around area: Rect, on canvas: any Canvas) -> Margins {
    let axes = PanelAxes(of: self, in: area, on: canvas)
    let reach = Style.tickLength + Style.tickGap
    var margins = Margins(left: reach, right: 3, top: 4, bottom: reach)

    if labelsY { margins.left = verticalReach(axes.left, on: canvas) }
    if let right = axes.right {
      margins.right = verticalReach(right, on: canvas)
    }
    if let colors = axes.colors {
      margins.right += Self.colorBarGap + Self.colorBarWidth + verticalReach(colors, on: canvas)
    }
    if labelsX {
      margins.bottom = xTextDepth(axes) + (axes.x.title.map { titleDepth($0, on: canvas) } ?? 0)
      // The outermost labels may reach beyond the axis.
      let xs = projection(in: area, on: .left).x
      for (value, label) in zip(axes.x.ticks.major, axes.x.labels) {
        let width = canvas.size(of: label).width
        let turn = axes.angle * .pi / 180
        let leftReach = axes.angle == 0 ? width / 2 : width * cos(turn)
        let rightReach = axes.angle == 0 ? width / 2 : 2
        margins.left = max(margins.left, leftReach - (xs(value) - area.left))
        margins.right = max(margins.right, rightReach - (area.right - xs(value)) + 1)
      }
    }
    if legendPlacement == .above {
      margins.top += legend.rowsHeight(within: area.width, on: canvas) + 2
    }
    if let title = title(axes, over: area, on: canvas) {
      margins.top += canvas.size(of: title).height + 5
    } else if !letter.isEmpty {
      margins.top += titleFont.size * Label.capHeight + 5
    }
    return margins
  }

  /// From an upright axis to the far side of its title.
  private func verticalReach(_ side: PanelAxes.Side, on canvas: any Canvas) -> Double {
    Style.tickLength + Style.tickGap + side.widest
      + (side.title.map { titleDepth($0, on: canvas) } ?? 0)
  }

  private func titleDepth(_ title: Label, on canvas: any Canvas) -> Double {
    Style.labelGap + title.rise + canvas.size(of: title).height + title.depth
  }

  /// From the horizontal axis to the lower end of its tick labels.
  func xTextDepth(_ axes: PanelAxes) -> Double {
    let turn = axes.angle * .pi / 180
    return Style.tickLength + Style.tickGap + axes.x.highest
      + (axes.angle == 0 ? 0 : axes.x.widest * sin(turn)) + tickFont.size * Label.descent
  }

  /// Finds room for the inset and the legend, with headroom above the data if need be.
  mutating func findRoom(in area: Rect, on canvas: any Canvas) {
    // A place found in another area needs not be clear in this one.
    if case .inside = legendPlacement, plot.legend == .automatic { legendPlacement = .automatic }
    headroom = leastHeadroom
    guard plot.inset != nil || legendPlacement == .automatic else { return }
    let headrooms = (maySetHeadroom ? [0, 0.1, 0.18, 0.26, 0.34, 0.42] : [0]).filter {
      $0 >= leastHeadroom
    }
    let larger = maySetHeadroom ? [0.5, 0.58] : []
    for headroom in headrooms {
      self.headroom = headroom
      let ink = InkCanvas(area: area, ruler: canvas)
      drawMarks(in: area, on: ink)
      if let inset = plot.inset {
        let box = insetBoxSize(inset, in: area)
        let corner = inset.corner ?? Self.clearCorner(for: box, in: Self.insetArea(area), on: ink)
        guard let corner else { continue }
        insetCorner = corner
        ink.occupy(corner.place(box, in: Self.insetArea(area)))
      }
      guard legendPlacement == .automatic else { return }
      let box = legend.boxSize(on: canvas)
      let room = area.inset(by: Self.legendInset)
      if box.width < room.width, box.height < room.height * 0.6,
        let corner = Self.clearCorner(for: box, in: room, on: ink)
      {
        legendPlacement = .inside(corner)
        return
      }
    }
    headroom = leastHeadroom
    if legendPlacement == .automatic { legendPlacement = .above }
    guard let inset = plot.inset else { return }
    for headroom in headrooms + larger where headroom >= leastHeadroom {
      self.headroom = headroom
      let ink = InkCanvas(area: area, ruler: canvas)
      drawMarks(in: area, on: ink)
      let box = insetBoxSize(inset, in: area)
      insetCorner = inset.corner ?? Self.clearCorner(for: box, in: Self.insetArea(area), on: ink)
      if insetCorner != nil { return }
    }
    headroom = leastHeadroom
    let ink = InkCanvas(area: area, ruler: canvas)
    drawMarks(in: area, on: ink)
    let box = insetBoxSize(inset, in: area)
    func coverage(_ corner: Corner) -> Double {
      ink.coverage(of: corner.place(box, in: Self.insetArea(area)))
    }
    insetCorner = Corner.allCases.min { coverage($0) < coverage($1) }
  }

  static let legendInset = Margins(left: 3, right: 3, top: 2, bottom: 3)

  /// Where insets may stand: clear of the axes.
  static func insetArea(_ area: Rect) -> Rect {
    area.inset(by: 3)
  }

  func insetBoxSize(_ inset: Inset, in area: Rect) -> Size {
    Size(width: area.width * inset.width, height: area.height * inset.height)
  }

  private static func clearCorner(for box: Size, in area: Rect, on ink: InkCanvas) -> Corner? {
    Corner.allCases.first { ink.coverage(of: $0.place(box, in: area)) == 0 }
  }
}
