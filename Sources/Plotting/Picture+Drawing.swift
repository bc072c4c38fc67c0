extension Picture: Page {
  package func size(on canvas: any Canvas) -> Size {
    PictureLayout(of: self, on: canvas).size
  }

  package func draw(on canvas: any Canvas) {
    let layout = PictureLayout(of: self, on: canvas)
    let margin = Style.pageMargin
    if let title = layout.title {
      canvas.write(title, at: Point(margin, margin), anchor: .topLeft)
    }
    layout.legend?.drawRows(
      at: Point(margin, layout.legendTop), width: layout.size.width - 2 * margin, centred: true,
      on: canvas)
    for (index, (panel, area)) in layout.panels.enumerated() {
      canvas.group("plot \(index + 1)", in: nil) { panel.draw(in: area, on: canvas) }
    }
    if let caption = layout.caption {
      let base = layout.size.height - margin - caption.font.size * Label.descent
      canvas.write(caption, at: Point(margin, base), anchor: .bottomLeft)
    }
  }
}
