/// A page of plots with a caption: what a figure draws.
public struct Picture: Sendable {
  var title: String
  var width: Double
  var height: Double?
  var columns: Int?
  var sharing: Sharing
  var legend: LegendScope
  package var caption: String
  var plots: [Plot]

  /// Which axes all plots have in common; shared axes are labelled at the page's edge only.
  public enum Sharing: Sendable {
    /// None.
    case none
    /// The horizontal axes.
    case x
    /// The vertical axes.
    case y
    /// Both.
    case both
    /// The vertical axes of the plots in a row, each labelled: for rows of different quantities or
    /// plots with two vertical axes.
    case rows
  }

  /// Who names the series.
  public enum LegendScope: Sendable {
    /// Each plot for itself.
    case perPlot
    /// One legend above all plots.
    case shared
  }

  /// Plots in rows on a page.
  ///
  /// - Parameters:
  ///   - title: A line above everything.
  ///   - width: In inches; 6.75 fills a page of two columns, 3.25 one column.
  ///   - height: In inches; by default plots are somewhat wider than high.
  ///   - columns: Plots in a row; by default one to three.
  ///   - sharing: The axes in common.
  ///   - legend: Who names the series.
  ///   - caption: Small text at the bottom: data set, budget, seeds, what bands are; markup as in
  ///     `Label`.
  ///   - plots: The panels; two or more get letters (a), (b) …
  public init(
    _ title: String = "", width: Double = Picture.textWidth, height: Double? = nil,
    columns: Int? = nil,
    sharing: Sharing = .none, legend: LegendScope = .perPlot, caption: String = "",
    @PlotBuilder plots: () -> [Plot]
  ) {
    self.title = title
    self.width = width
    self.height = height
    self.columns = columns
    self.sharing = sharing
    self.legend = legend
    self.caption = caption
    self.plots = plots()
    precondition(!self.plots.isEmpty, "a picture needs a plot")
  }

  /// The width of a page of two columns, in inches.
  public static let textWidth = 6.75
  /// The width of one column.
  public static let columnWidth = 3.25
  /// What a panel with two vertical axes and an inset needs, in inches.
  private static let narrowestPanel = 2.6

  /// The plots in a row.
  var columnCount: Int { min(columns ?? (plots.count == 4 ? 2 : 3), plots.count) }

  /// The same on a page of so many inches, in as many columns as it has room for.
  public func resized(toWidth inches: Double) -> Picture {
    var picture = self
    picture.width = inches
    picture.height = height.map { $0 * inches / width }
    let fitting = max(Int(inches / Self.narrowestPanel), 1)
    if inches < width && fitting < columnCount {
      (picture.columns, picture.height) = (fitting, nil)
    }
    return picture
  }

  /// A page of one plot.
  public init(_ plot: Plot, width: Double = 4.5, height: Double? = nil, caption: String = "") {
    self.init(width: width, height: height, caption: caption) { plot }
  }
}

/// Collects the plots of a picture written one under the other, with `if` and `for`.
@resultBuilder
public enum PlotBuilder {
  /// One plot.
  public static func buildExpression(_ plot: Plot) -> [Plot] { [plot] }
  /// Plots made elsewhere.
  public static func buildExpression(_ plots: [Plot]) -> [Plot] { plots }
  /// Plots in order.
  public static func buildBlock(_ parts: [Plot]...) -> [Plot] { parts.flatMap(\.self) }
  /// Plots of a loop.
  public static func buildArray(_ parts: [[Plot]]) -> [Plot] { parts.flatMap(\.self) }
  /// Plots under a condition.
  public static func buildOptional(_ part: [Plot]?) -> [Plot] { part ?? [] }
  /// Plots of the first alternative.
  public static func buildEither(first part: [Plot]) -> [Plot] { part }
  /// Plots of the second alternative.
  public static func buildEither(second part: [Plot]) -> [Plot] { part }
}
