/// A label measured and cut into strings that a canvas can show.
struct TypesetLabel {
  struct Run {
    var text: String
    /// From the label's left end, and below the first base line.
    var x: Double
    var y: Double
    var font: Font
  }

  /// The runs of each line.
  var lines: [[Run]] = []
  var widths: [Double] = []
  var width: Double { widths.max() ?? 0 }
  /// From the top of capitals of the first line to the base line of the last.
  var height = 0.0
  /// The height of capitals.
  var capHeight = 0.0
}

extension Label {
  /// The height of capitals and of the descent below the base line, of DejaVu Sans, per point.
  static let capHeight = 0.73
  static let descent = 0.24

  private static let smaller = 0.72

  /// How far superscripts and accents of the first line reach above its capitals.
  var rise: Double {
    let reaches = lines.first?.contains { $0.kind != .base && $0.kind != .lowered } ?? false
    return reaches ? font.size * 0.2 : 0
  }

  /// How far the last line reaches below its base line.
  var depth: Double {
    let isLowered = lines.last?.contains { $0.kind == .lowered } ?? false
    return font.size * (isLowered ? 0.36 : Self.descent)
  }

  func typeset(on canvas: some Canvas) -> TypesetLabel {
    var result = TypesetLabel(capHeight: font.size * Self.capHeight)
    for (index, line) in lines.enumerated() {
      let baseline = Double(index) * font.size * Style.lineSpacing
      let (runs, width) = set(line, at: baseline, on: canvas)
      result.lines.append(runs)
      result.widths.append(width)
      result.height = result.capHeight + baseline
    }
    return result
  }

  private func set(
    _ line: [Piece], at baseline: Double, on canvas: some Canvas
  ) -> (runs: [TypesetLabel.Run], width: Double) {
    var runs: [TypesetLabel.Run] = []
    let small = Font(size: font.size * Self.smaller, isBold: font.isBold)
    var x = 0.0
    // A subscript and a superscript of the same base start at the same place.
    var attachment: (x: Double, kind: Piece.Kind)?
    for piece in line {
      switch piece.kind {
      case .base, .accented:
        attachment = nil
        let extents = canvas.extents(of: piece.text, in: font)
        runs.append(.init(text: piece.text, x: x, y: baseline, font: font))
        if case .accented(let accent) = piece.kind {
          // Accents are drawn for letters of x-height; taller letters push them up.
          let own = canvas.extents(of: accent, in: font)
          let lift = max(extents.inkTop - font.size * 0.56, 0)
          runs.append(
            .init(
              text: accent, x: x + (extents.advance - own.advance) / 2, y: baseline - lift,
              font: font))
        }
        x += extents.advance
      case .lowered, .raised:
        var start = x
        if let attachment, attachment.kind != piece.kind { start = attachment.x }
        let shift = piece.kind == .lowered ? font.size * 0.18 : -font.size * 0.36
        runs.append(.init(text: piece.text, x: start, y: baseline + shift, font: small))
        attachment = (start, piece.kind)
        x = max(x, start + canvas.extents(of: piece.text, in: small).advance)
      }
    }
    return (runs, x)
  }
}

extension Canvas {
  /// The size of a label: its width, and its height from the top of capitals to the last base line.
  func size(of label: Label) -> Size {
    let set = label.typeset(on: self)
    return Size(width: set.width, height: set.height)
  }

  func write(_ label: Label, at point: Point, anchor: Anchor) {
    write(label, at: point, anchor: anchor, angle: 0)
  }

  /// A text broken into lines that are no wider than a width, if its words allow.
  func wrapped(_ text: String, to width: Double, _ label: (String) -> Label) -> Label {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        let longer = line.isEmpty ? String(word) : line + " " + word
        if line.isEmpty || size(of: label(longer)).width <= width {
          line = longer
        } else {
          lines.append(line)
          line = String(word)
        }
      }
      return (lines + [line]).joined(separator: "\n")
    }
    return label(lines.joined(separator: "\n"))
  }
}
