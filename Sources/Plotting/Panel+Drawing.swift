extension Panel {
  /// Draws axes, marks, legend and inset around and in an area.
  func draw(in area: Rect, on canvas: any Canvas) {
    let axes = PanelAxes(of: self, in: area, on: canvas)
    if plot.hasGrid { drawGrid(axes, in: area, on: canvas) }
    drawMarks(in: area, on: canvas)
    drawHorizontalAxis(axes, in: area, on: canvas)
    drawVerticalAxis(
      axes.left, projection(in: area, on: .left).y, at: area.left, outwards: -1,
      color: labelsY ? plot.color(of: .left) : .ink, name: "left axis", in: area, on: canvas)
    if let right = axes.right {
      drawVerticalAxis(
        right, projection(in: area, on: .right).y, at: area.right, outwards: 1,
        color: plot.color(of: .right), name: "right axis", in: area, on: canvas)
    }
    if let colors = axes.colors, let scale = colorScale {
      drawColorBar(scale, colors, axes, in: area, on: canvas)
    }
    drawTitle(axes, in: area, on: canvas)
    drawInset(in: area, on: canvas)
    switch legendPlacement {
    case .inside(let corner):
      let box = corner.place(
        legend.boxSize(on: canvas), in: area.inset(by: Self.legendInset))
      legend.drawBox(box, on: canvas)
    case .above:
      let height = legend.rowsHeight(within: area.width, on: canvas)
      legend.drawRows(
        at: Point(area.left, area.top - height - 4), width: area.width, centred: false, on: canvas)
    case .automatic, .none: break
    }
  }

  private func drawTitle(_ axes: PanelAxes, in area: Rect, on canvas: any Canvas) {
    var baseline = area.top - 5
    if legendPlacement == .above {
      baseline -= legend.rowsHeight(within: area.width, on: canvas) + 2
    }
    let title = title(axes, over: area, on: canvas)
    let height = title.map { canvas.size(of: $0).height } ?? titleFont.size * Label.capHeight
    if !letter.isEmpty {
      canvas.write(letterLabel, at: Point(area.left, baseline - height), anchor: .topLeft)
    }
    if let title {
      canvas.write(
        title, at: Point(area.left + letterWidth(on: canvas), baseline - height), anchor: .topLeft)
    }
  }

  private func drawGrid(_ axes: PanelAxes, in area: Rect, on canvas: any Canvas) {
    let projection = projection(in: area, on: .left)
    let upright = axes.x.ticks.major.map { value in
      Path([Point(projection.x(value), area.top), Point(projection.x(value), area.bottom)])
    }
    let level = axes.left.ticks.major.map { value in
      Path([Point(area.left, projection.y(value)), Point(area.right, projection.y(value))])
    }
    canvas.group("grid", in: nil) {
      canvas.stroke(
        Path(joining: plot.x.names == nil ? upright + level : level),
        with: Pen(color: .faint, width: Style.gridWidth))
    }
  }

  private func drawHorizontalAxis(_ axes: PanelAxes, in area: Rect, on canvas: any Canvas) {
    let scale = projection(in: area, on: .left).x
    let y = area.bottom
    canvas.group("x axis", in: nil) {
      var paths = [Path([Point(area.left, y), Point(area.right, y)])]
      func tick(_ value: Double, _ length: Double) {
        paths.append(Path([Point(scale(value), y), Point(scale(value), y + length)]))
      }
      if plot.x.names == nil { axes.x.ticks.major.forEach { tick($0, Style.tickLength) } }
      axes.x.ticks.minor.forEach { tick($0, Style.minorTickLength) }
      canvas.stroke(Path(joining: paths), with: Pen(color: .ink, width: Style.axisWidth))
      guard labelsX else { return }
      for (value, label) in zip(axes.x.ticks.major, axes.x.labels) {
        let place = Point(scale(value), y + Style.tickLength + Style.tickGap)
        if axes.angle == 0 {
          canvas.write(label, at: place, anchor: .top)
        } else {
          canvas.write(label, at: place, anchor: .topRight, angle: axes.angle)
        }
      }
      if let title = axes.x.title {
        canvas.write(
          title, at: Point(area.center.x, y + xTextDepth(axes) + Style.labelGap + title.rise),
          anchor: .top)
      }
    }
  }

  private func drawVerticalAxis(
    _ side: PanelAxes.Side, _ scale: Scale, at x: Double, outwards: Double, color: Color,
    name: String, in area: Rect, on canvas: any Canvas
  ) {
    canvas.group(name, in: nil) {
      var paths = [Path([Point(x, area.top), Point(x, area.bottom)])]
      for (ticks, length) in [
        (side.ticks.major, Style.tickLength), (side.ticks.minor, Style.minorTickLength),
      ] {
        paths += ticks.map { Path([Point(x, scale($0)), Point(x + outwards * length, scale($0))]) }
      }
      canvas.stroke(Path(joining: paths), with: Pen(color: color, width: Style.axisWidth))
      let reach = Style.tickLength + Style.tickGap
      for (value, label) in zip(side.ticks.major, side.labels) {
        canvas.write(
          label, at: Point(x + outwards * reach, scale(value)),
          anchor: outwards < 0 ? .right : .left)
      }
      guard let title = side.title else { return }
      // Turned upwards: the title's lines run from left to right across the margin.
      let gap = reach + side.widest + Style.labelGap
      canvas.write(
        title,
        at: Point(x + outwards * (gap + (outwards < 0 ? title.depth : title.rise)), area.center.y),
        anchor: outwards < 0 ? .bottom : .top, angle: 90)
    }
  }

  private func drawColorBar(
    _ scale: ColorScale, _ side: PanelAxes.Side, _ axes: PanelAxes, in area: Rect,
    on canvas: any Canvas
  ) {
    let bar = Rect(
      x: area.right + Self.colorBarGap, y: area.top, width: Self.colorBarWidth,
      height: area.height)
    let shades = (0..<128).map { scale.map((127.5 - Double($0)) / 128) }
    canvas.group("colour bar", in: nil) {
      canvas.paint(Raster(columns: 1, rows: shades.count, colors: shades), in: bar)
      drawVerticalAxis(
        side, Scale(spacing: .linear, limits: scale.limits, start: bar.bottom, end: bar.top),
        at: bar.right, outwards: 1, color: .ink, name: "values", in: area, on: canvas)
    }
  }

  private func drawInset(in area: Rect, on canvas: any Canvas) {
    guard let inset = plot.inset, let plot = inset.plots.first, let corner = insetCorner else {
      return
    }
    let box = corner.place(insetBoxSize(inset, in: area), in: Self.insetArea(area))
    var panel = Panel(plot)
    panel.scale = 0.82
    var inner = box
    for _ in 0..<2 {
      inner = box.inset(by: panel.margins(around: inner, on: canvas)).inset(by: 1)
    }
    panel.legendPlacement = .none
    canvas.group("inset", in: nil) {
      canvas.fill(Path(box), with: Color.paper.opacity(0.88))
      panel.draw(in: inner, on: canvas)
    }
  }
}
