/// The ticks and the measured labels of a panel's axes, for one size of its area.
struct PanelAxes {
  struct Side {
    var ticks: Ticks
    var texts: TickTexts
    /// One label per major tick.
    var labels: [Label]
    /// The axis' own label, broken to the axis' length.
    var title: Label?
    /// The widest and the highest tick label.
    var widest = 0.0
    var highest = 0.0

    /// The same with every so many-th tick only, from the first.
    func keeping(every stride: Int) -> Side {
      var kept = self
      kept.ticks.major = ticks.major.indices.filter { $0 % stride == 0 }.map { ticks.major[$0] }
      kept.labels = labels.indices.filter { $0 % stride == 0 }.map { labels[$0] }
      return kept
    }
  }

  var x: Side
  var left: Side
  var right: Side?
  /// The angle of the labels of the horizontal axis, in degrees.
  var angle = 0.0
  var colors: Side?

  init(of panel: Panel, in area: Rect, on canvas: any Canvas) {
    let (plot, font) = (panel.plot, panel.tickFont)
    x = Self.horizontal(panel, area, canvas)
    if let names = plot.x.names, !names.isEmpty {
      // Names that do not fit side by side are broken into words, then slanted.
      let slot = area.width / Double(names.count) * 0.94
      x.labels = names.map { name in
        canvas.wrapped(name, to: slot) { Label($0, font) }
      }
      Self.measure(&x, canvas)
      if x.widest > slot {
        x.labels = names.map { Label($0, font) }
        Self.measure(&x, canvas)
        angle = 35
      }
    }
    left = Self.vertical(
      plot.y, panel.projection(in: area, on: .left).y.limits, area.height,
      panel.labelsY ? plot.color(of: .left) : nil, panel, canvas)
    if let axis = plot.right {
      right = Self.vertical(
        axis, panel.projection(in: area, on: .right).y.limits, area.height,
        plot.color(of: .right), panel, canvas)
    }
    if let scale = panel.colorScale {
      colors = Self.vertical(
        Axis(scale.label), scale.limits, area.height, .ink, panel, canvas)
    }
  }

  /// Ticks of the horizontal axis: as many as fit without their labels coming close.
  private static func horizontal(_ panel: Panel, _ area: Rect, _ canvas: any Canvas) -> Side {
    let axis = panel.plot.x
    var count = max(Int(area.width / (34 * panel.scale)), 2)
    while true {
      let ticks = axis.ticks(within: panel.xLimits, count: count)
      let texts = axis.texts(for: ticks)
      var side = Side(
        ticks: ticks, texts: texts, labels: texts.texts.map { Label($0, panel.tickFont) })
      measure(&side, canvas)
      let scale = panel.projection(in: area, on: .left).x
      func isCrowded() -> Bool {
        let boxes = zip(side.ticks.major, side.labels).map { value, label in
          (middle: scale(value), width: canvas.size(of: label).width)
        }
        return zip(boxes, boxes.dropFirst()).contains { a, b in
          abs(b.middle - a.middle) < (a.width + b.width) / 2 + panel.tickFont.size * 0.5
        }
      }
      if isCrowded(), axis.names == nil {
        if count > 2, axis.ticks == nil {
          count -= 1
          continue
        }
        var stride = 2
        let all = side
        while isCrowded() {
          side = all.keeping(every: stride)
          stride += 1
        }
      }
      let title = axis.label(for: texts)
      if panel.labelsX, !title.isEmpty {
        side.title = canvas.wrapped(title, to: area.width + 20) { Label($0, panel.labelFont) }
      }
      return side
    }
  }

  /// Ticks of a vertical axis: about one for every two lines of text, and fewer where labels would
  /// touch.
  private static func vertical(
    _ axis: Axis, _ limits: ClosedRange<Double>, _ length: Double, _ color: Color?,
    _ panel: Panel, _ canvas: any Canvas
  ) -> Side {
    // Above the whole, room for an inset or a legend has no ticks.
    let marked =
      axis.style == .percent && panel.headroom > 0 && limits.lowerBound < 1
      ? limits.clamped(to: 0...1) : limits
    let share = (marked.upperBound - marked.lowerBound) / (limits.upperBound - limits.lowerBound)
    let scale = Scale(spacing: axis.spacing, limits: limits, start: 0, end: length)
    var count = max(Int(length * share / (24 * panel.scale)), 2)
    while true {
      let ticks = axis.ticks(within: marked, count: count)
      let texts = axis.texts(for: ticks)
      var side = Side(
        ticks: ticks, texts: texts,
        labels: color.map { color in
          texts.texts.map { Label($0, panel.tickFont, color) }
        } ?? [])
      measure(&side, canvas)
      func isCrowded() -> Bool {
        zip(side.ticks.major, side.ticks.major.dropFirst()).contains {
          scale($1) - scale($0) < panel.tickFont.size
        }
      }
      if isCrowded(), axis.ticks == nil {
        if count > 2 {
          count -= 1
          continue
        }
        let all = side
        var stride = 2
        while isCrowded() {
          side = all.keeping(every: stride)
          stride += 1
        }
      }
      let title = axis.label(for: texts)
      if let color, !title.isEmpty {
        side.title = canvas.wrapped(title, to: length) { Label($0, panel.labelFont, color) }
      }
      return side
    }
  }

  private static func measure(_ side: inout Side, _ canvas: any Canvas) {
    let sizes = side.labels.map(canvas.size(of:))
    side.widest = sizes.map(\.width).max() ?? 0
    side.highest = sizes.map(\.height).max() ?? 0
  }
}
