import Testing

@testable import Plotting

struct PlotTests {
  @Test func companionsLookLikeTheirSeries() {
    let plot = Plot(x: Axis(), y: Axis(), right: Axis()) {
      Band([0, 1], lower: [0, 0], upper: [1, 1])
      Line([0, 1], [0, 1])
      ReferenceLine.horizontal(at: 0.5)
      Band([0, 1], lower: [0, 0], upper: [5, 6])
      Line([0, 1], [4, 5]).onRightAxis()
      Line([0, 1], [2, 2]).colored(.series(5))
      ErrorBars([0], [1...2])
    }
    let items = plot.items
    #expect(items[0].look == items[1].look && items[1].look == Style.look(ofSeries: 0))
    #expect(items[3].look == items[4].look && items[4].look == Style.look(ofSeries: 1))
    #expect(items[3].side == .right && items[0].side == .left)
    #expect(items[2].look.color == .quiet)
    #expect(items[6].look == Style.look(ofSeries: 5))
    #expect(plot.color(of: .right) == items[4].look.color)
    #expect(plot.yRange(on: .right).limits == 0...6)
  }

  @Test func seriesDifferInMoreThanColour() {
    let looks = (0..<24).map(Style.look(ofSeries:))
    #expect(Set(looks).count == looks.count)
    for (a, b) in zip(looks, looks.dropFirst()) {
      #expect(a.dash != b.dash && a.marker != b.marker && a.color != b.color)
    }
  }

  @Test func limitsFollowTheData() {
    let line = Plot(x: Axis(), y: Axis()) { Line([0, 10], [2, 4]) }
    let padded = line.y.limits(for: line.yRange(on: .left))
    #expect(padded.lowerBound < 2 && padded.lowerBound > 1.8 && padded.upperBound > 4)
    let bars = Plot(x: Axis(), y: Axis()) { Bars([2, 4]) }
    #expect(bars.y.limits(for: bars.yRange(on: .left)).lowerBound == 0)
    let logarithmic = Plot(x: Axis(), y: Axis(spacing: .logarithmic)) { Line([0, 1], [0, 100]) }
    #expect(logarithmic.y.limits(for: logarithmic.yRange(on: .left)).lowerBound > 0)
    let empty = Plot(x: Axis(), y: Axis()) { Line([Double.nan], [Double.nan]) }
    #expect(empty.y.limits(for: empty.yRange(on: .left)) == -0.045...1.045)
    let constant = Plot(x: Axis(), y: Axis()) { Line([1, 2], [3, 3]) }
    let around = constant.y.limits(for: constant.yRange(on: .left))
    #expect(around.lowerBound < 3 && around.upperBound > 3)
  }

  /// Wherever the data are, the legend is not on them.
  @Test(arguments: [0, 1, 2, 3])
  func legendsKeepClear(_ quarter: Int) {
    let xs = (0..<40).map { Double($0) / 39 }
    let plot = Plot(x: Axis(), y: Axis(), legend: .automatic) {
      for series in 0..<3 {
        Line(
          xs,
          xs.map { x in
            let rise = quarter % 2 == 0 ? x : 1 - x
            return (quarter < 2 ? rise * rise : rise.squareRoot()) + Double(series) * 0.1
          }, label: "series \(series)")
      }
    }
    let canvas = CairoCanvas.forMeasuring()
    let layout = PictureLayout(of: Picture(plot, width: 3), on: canvas)
    let (panel, area) = layout.panels[0]
    guard case .inside(let corner) = panel.legendPlacement else { return }
    let ink = InkCanvas(area: area, ruler: canvas)
    panel.drawMarks(in: area, on: ink)
    let box = corner.place(
      panel.legend.boxSize(on: canvas), in: area.inset(by: Panel.legendInset))
    #expect(ink.coverage(of: box) == 0)
  }

  /// The place is found again when margins have settled, headroom and all.
  @Test func legendsBesideInsetsKeepClear() {
    let xs = (0..<20).map(Double.init)
    let plot = Plot(x: Axis(), y: Axis(style: .percent)) {
      Line(xs, xs.map { 0.9 - 0.5 / ($0 + 1) }, label: "accuracy")
      Line(xs, xs.map { 0.85 - 0.4 / ($0 + 1) }, label: "coherence")
    }.inset(Plot(x: Axis(), y: Axis()) { Points([0, 1], [0, 1]) })
    let canvas = CairoCanvas.forMeasuring()
    let layout = PictureLayout(of: Picture(plot, width: 3), on: canvas)
    let (panel, area) = layout.panels[0]
    guard case .inside(let corner) = panel.legendPlacement else {
      Issue.record("there is room for the legend")
      return
    }
    let ink = InkCanvas(area: area, ruler: canvas)
    panel.drawMarks(in: area, on: ink)
    let box = corner.place(
      panel.legend.boxSize(on: canvas), in: area.inset(by: Panel.legendInset))
    #expect(ink.coverage(of: box) == 0)
  }

  @Test func aFullPlotHasItsLegendAbove() {
    let plot = Plot(x: Axis(), y: Axis(range: 0...1)) {
      Band([0, 1], lower: [0, 0], upper: [1, 1], label: "everywhere")
    }
    let layout = PictureLayout(of: Picture(plot, width: 3), on: SceneCanvas())
    #expect(layout.panels[0].panel.legendPlacement == .above)
  }

  /// Data that fill the panel make room for an inset, which no share of a whole is written beside.
  @Test func insetsOfFullPlotsKeepClear() {
    let plot = Plot(x: Axis(), y: Axis(style: .percent)) {
      Band([0, 1], lower: [0.6, 0.6], upper: [0.95, 0.95])
    }.inset(Plot(x: Axis(), y: Axis()) { Points([0, 1], [0, 1]) })
    let canvas = CairoCanvas.forMeasuring()
    let layout = PictureLayout(of: Picture(plot, width: 3), on: canvas)
    let (panel, area) = layout.panels[0]
    #expect(panel.headroom > 0)
    let ink = InkCanvas(area: area, ruler: canvas)
    panel.drawMarks(in: area, on: ink)
    if let inset = panel.plot.inset, let corner = panel.insetCorner {
      let box = corner.place(panel.insetBoxSize(inset, in: area), in: Panel.insetArea(area))
      #expect(ink.coverage(of: box) == 0)
    } else {
      Issue.record("the inset has no place")
    }
    let ticks = PanelAxes(of: panel, in: area, on: canvas).left.ticks.major
    #expect(ticks.count >= 2 && ticks.allSatisfy { $0 <= 1 })
  }

  /// What reaches to zero or below is drawn as far as the axis goes.
  @Test(arguments: [0.0, -0.5])
  func marksAreCutWhereALogarithmicAxisEnds(low: Double) throws {
    let plot = Plot(x: Axis(), y: Axis(range: 0.01...10, spacing: .logarithmic)) {
      Band([0, 1], lower: [low, 1], upper: [2, 3])
      Bars([2], intervals: [low...3])
      ErrorBars([0.5], [low...4])
    }
    let canvas = SceneCanvas()
    Picture(plot, width: 3).draw(on: canvas)
    func corners(of mark: String) -> [String] {
      canvas.scene.items.filter { $0.group.contains(mark) }.flatMap(\.data)
    }
    #expect(corners(of: "band").count == 4 && corners(of: "band").contains("(0, 0.01)"))
    // The shaft and its one cap: where it is cut there is no end.
    #expect(corners(of: "errorbars").count == 4)
    #expect(corners(of: "errorbars").contains("(0.5, 0.01)"))
    #expect(corners(of: "bars").contains { $0.hasSuffix(", 3)") })
  }

  /// On a short axis even two ticks may be too many for the multiples that there are.
  @Test(arguments: [14.0, 18, 30, 60, 200])
  func labelsOfAVerticalAxisDoNotTouch(_ length: Double) {
    let canvas = CairoCanvas.forMeasuring()
    for (low, high) in [(22.0, 43.0), (0.021, 0.98), (19, 61)] {
      let panel = Panel(Plot(x: Axis(), y: Axis("accuracy")) { Line([0, 1], [low, high]) })
      let area = Rect(x: 0, y: 0, width: 60, height: length)
      let ticks = PanelAxes(of: panel, in: area, on: canvas).left.ticks.major
      let scale = panel.projection(in: area, on: .left).y
      #expect(!ticks.isEmpty)
      for (a, b) in zip(ticks, ticks.dropFirst()) {
        #expect(abs(scale(b) - scale(a)) >= panel.tickFont.size)
      }
    }
  }
}
