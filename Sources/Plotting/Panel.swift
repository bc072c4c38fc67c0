/// A plot with everything decided that it leaves open: limits, neighbours, corners.
struct Panel {
  let plot: Plot
  let items: [Plot.Item]
  /// "(a)", or empty.
  var letter = ""
  /// What the axes show before headroom is added.
  var xLimits: ClosedRange<Double>
  var leftLimits: ClosedRange<Double>
  var rightLimits: ClosedRange<Double>
  /// Whether the axis is labelled here rather than at a neighbour's.
  var labelsX = true
  var labelsY = true
  /// The part of the height kept free above the data, for a legend or an inset.
  var headroom = 0.0
  /// What a neighbour on the same axes has of it.
  var leastHeadroom = 0.0
  var maySetHeadroom = true
  var legendPlacement: LegendPlacement
  var insetCorner: Corner?
  /// Smaller letters, for an inset.
  var scale = 1.0

  init(_ plot: Plot) {
    self.plot = plot
    items = plot.items
    xLimits = plot.x.limits(for: plot.xRange())
    leftLimits = plot.y.limits(for: plot.yRange(on: .left))
    rightLimits = plot.right?.limits(for: plot.yRange(on: .right)) ?? 0...1
    // White above a heatmap would look like data.
    maySetHeadroom = !plot.yRange(on: .left).isTight
    let isNamed = !Legend(of: [plot]).isEmpty
    legendPlacement = isNamed ? plot.legend : .none
  }

  var legend: Legend { Legend(of: [plot]) }
  var tickFont: Font { Font(size: Style.tickSize * scale) }
  var labelFont: Font { Font(size: Style.labelSize * scale) }
  var colorScale: ColorScale? { items.lazy.compactMap(\.mark.colorScale).first }

  /// The scales of an area, with the headroom.
  func projection(in area: Rect, on side: Side) -> Projection {
    let axis = side == .left ? plot.y : plot.right ?? plot.y
    let limits = side == .left ? leftLimits : rightLimits
    return Projection(
      x: Scale(
        spacing: plot.x.spacing, limits: xLimits, start: area.left, end: area.right),
      y: Scale(
        spacing: axis.spacing, limits: raised(limits, of: axis), start: area.bottom,
        end: area.top))
  }

  private func raised(_ limits: ClosedRange<Double>, of axis: Axis) -> ClosedRange<Double> {
    guard headroom > 0, axis.range == nil else { return limits }
    let low = axis.spacing.forward(limits.lowerBound)
    let high = axis.spacing.forward(limits.upperBound)
    return limits
      .lowerBound...axis.spacing.backward(high + (high - low) * headroom / (1 - headroom))
  }

  /// Draws the marks in order.
  func drawMarks(in area: Rect, on canvas: any Canvas) {
    let projections = [
      Side.left: projection(in: area, on: .left), .right: projection(in: area, on: .right),
    ]
    for item in items {
      guard let projection = projections[item.side] else { continue }
      let kind = "\(type(of: item.mark))".lowercased()
      let name = [kind, item.mark.settings.label, item.side == .right ? "(right axis)" : nil]
        .compactMap(\.self).joined(separator: " ")
      canvas.group(name, in: projection) {
        canvas.clip(to: area) {
          item.mark.draw(
            in: Frame(
              canvas: canvas, area: area, projection: projection, look: item.look,
              slot: item.slot))
        }
      }
    }
  }
}
