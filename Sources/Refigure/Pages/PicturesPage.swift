import Experiments
import Reproduction

/// All pictures of one paper's kept results, on a page.
struct PicturesPage {
  /// The paper's folder in `Figures`: `Guiroy2019`.
  let paper: String
  /// The paper's figures with their pictures; those without results are left out.
  let figures: [(description: FigureDescription, pictures: [KeptPicture])]

  /// Where it lies below the root of the repository.
  var path: String { Self.path(of: paper) }

  /// Where the page of a paper lies below the root of the repository.
  static func path(of paper: String) -> String { "\(KeptPicture.folder)/\(paper).md" }

  var markdown: String {
    let claims = "../Verdicts/\(paper).md"
    var page = "# \(paper): pictures\n\n"
    page += "Drawn by `make reproduce` from what is kept in `Data/results`; [claims](\(claims)).\n"
    for (figure, pictures) in figures where !pictures.isEmpty {
      let verdict =
        figure.claims.isEmpty
        ? "" : " [What it says of the paper's claims](\(claims)#\(figure.name.lowercased()))."
      page += "\n## \(figure.name)\n\n" + Markdown.paragraph(figure.summary + verdict)
      for picture in pictures {
        page += "\n\(Self.caption(picture.summary)):\n\n![\(figure.title)](\(picture.name))\n"
      }
    }
    return page
  }

  private static func caption(_ summary: FigureSummary) -> String {
    let data = summary.provenance.data.keys.sorted().joined(separator: ", ")
    let extent =
      Budget(rawValue: summary.extent) == nil
      ? "preset \(summary.extent)" : "\(summary.extent) budget"
    let seeds = summary.provenance.options.map { Spoken.count($0.seeds.count, "seed") }
    return [data.isEmpty ? "No images" : data, extent, seeds].compactMap { $0 }
      .joined(separator: ", ")
  }
}
