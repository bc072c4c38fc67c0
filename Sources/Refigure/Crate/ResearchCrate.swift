import Experiments
import Foundation
import Reproduction

/// What is kept, as files of a Research Object Crate.
struct ResearchCrate {
  /// A file, by its path in the folder.
  struct File {
    var path: String
    var title: String
    var format: String
    var bytes: Data
  }

  private let kept: [KeptFigure]
  private let descriptions: [String: FigureDescription]
  private let revision: CodeRevision?
  private let date: String
  /// Everything but the metadata and the checksums.
  private let contents: [File]

  init(
    kept: [KeptFigure], descriptions: [FigureDescription], report: String,
    revision: CodeRevision?, date: String
  ) throws {
    self.kept = kept
    self.descriptions = Dictionary(
      descriptions.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.revision = revision
    self.date = date
    contents =
      [
        File(
          path: "report/index.html", title: "All figures, claims and numbers",
          format: "text/html", bytes: Data(report.utf8))
      ] + (try kept.flatMap(Self.files))
  }

  /// What belongs to one figure.
  private static func files(of kept: KeptFigure) throws -> [File] {
    let title = kept.summary.title
    var files = [
      File(
        path: "results/\(kept.name).json", title: "\(title): results and verdicts",
        format: "application/json", bytes: try Data(contentsOf: kept.file)),
      File(
        path: "figures/\(kept.name).svg", title: title, format: "image/svg+xml",
        bytes: kept.picture),
      File(
        path: "figures/\(kept.name).csv", title: "\(title): plotted data", format: "text/csv",
        bytes: Data(kept.csv.utf8)),
    ]
    if !kept.runs.isEmpty {
      let lines = kept.runs.map { "{\"key\":\"\($0.key)\",\"description\":\($0.description)}\n" }
      files.append(
        File(
          path: "runs/\(kept.name).jsonl", title: "\(title): what was run",
          format: "application/jsonl", bytes: Data(lines.joined().utf8)))
    }
    return files
  }

  /// All files.
  var files: [File] {
    get throws {
      let described =
        contents + [
          File(
            path: "codecheck.yml", title: "Manifest for a CODECHECK",
            format: "application/yaml", bytes: Data(codecheck.utf8))
        ]
      let metadata = File(
        path: "ro-crate-metadata.json", title: "", format: "application/ld+json",
        bytes: try JSONSerialization.data(
          withJSONObject: [
            "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph(described),
          ], options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]))
      let all = described + [metadata]
      let sums = all.map { "\(sha256($0.bytes))  \($0.path)\n" }.joined()
      return all + [
        File(path: "SHA256SUMS", title: "", format: "text/plain", bytes: Data(sums.utf8))
      ]
    }
  }

  /// Writes all files, or none.
  func write(to folder: URL) throws {
    let files = try files
    for path in Set(files.map { folder.appending(path: $0.path).deletingLastPathComponent() }) {
      try AtomicFile.makeFolder(path)
    }
    try AtomicFile.write(files.map { ($0.bytes, folder.appending(path: $0.path)) })
  }

  /// The outputs that somebody would check; there is no certificate, and none is spoken of.
  private var codecheck: String {
    "version: https://codecheck.org.uk/spec/config/1.0/\nmanifest:\n"
      + kept.map { kept in
        let comment = "\(kept.summary.title) (\(kept.summary.paper), \(kept.summary.extent))"
        return "  - file: figures/\(kept.name).svg\n"
          + "    comment: \"\(comment.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"\n"
      }.joined()
  }
}

extension ResearchCrate {
  private typealias Entity = [String: Any]

  private static let licence = "https://spdx.org/licenses/MIT"
  private static let profile = "https://w3id.org/ro/wfrun/process/0.5"

  private static func reference(_ id: String) -> [String: String] { ["@id": id] }

  /// The entities of the crate: the folder, its files, the figures' programs, and what each has done.
  private func graph(_ files: [File]) -> [[String: Any]] {
    let folder: Entity = [
      "@id": "./", "@type": "Dataset",
      "name": "Refigure \(PackageVersion.current): figures and claims of four papers",
      "description":
        "Results of recomputing the figures and tables of four papers on gradient-based "
        + "meta-learning, with the verdicts on the papers' claims.",
      "datePublished": date, "license": Self.reference(Self.licence),
      "author": Self.reference("#authors"), "conformsTo": Self.reference(Self.profile),
      "hasPart": files.map { Self.reference($0.path) },
      "mentions": kept.map { Self.reference("#make-\($0.name)") },
    ]
    let fixed: [Entity] = [
      [
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork",
        "about": Self.reference("./"),
        "conformsTo": Self.reference("https://w3id.org/ro/crate/1.1"),
      ], folder,
      [
        "@id": Self.profile, "@type": "CreativeWork", "name": "Process Run Crate",
        "version": "0.5",
      ],
      ["@id": Self.licence, "@type": "CreativeWork", "name": "MIT License", "url": Self.licence],
      ["@id": "#authors", "@type": "Organization", "name": "The Refigure authors"],
    ]
    let parts = files.map { file -> Entity in
      [
        "@id": file.path, "@type": "File", "name": file.title, "encodingFormat": file.format,
        "contentSize": "\(file.bytes.count)", "sha256": sha256(file.bytes),
      ]
    }
    let programs = Set(kept.map(\.summary.figure)).sorted().map(program)
    return fixed + parts + programs + kept.flatMap { actions(of: $0, files) }
  }

  private func program(_ figure: String) -> Entity {
    var version = PackageVersion.current
    if let revision {
      version += ", commit \(revision.commit)\(revision.isChanged ? ", changed since" : "")"
    }
    return [
      "@id": "#\(figure)", "@type": "SoftwareApplication", "name": figure,
      "description": descriptions[figure]?.summary ?? figure, "softwareVersion": version,
    ]
  }

  /// What a figure's program has done with which settings.
  private func actions(of kept: KeptFigure, _ files: [File]) -> [Entity] {
    let provenance = kept.summary.provenance
    let facts =
      provenance.settings.map { ($0.key, $0.value) }
      + provenance.environment.map { ($0.key, $0.value) }
      + provenance.data.map { ("data: \($0.key)", $0.value) }
      + [("engine", "\(provenance.engine)"), ("package", provenance.package)]
    let inputs = facts.sorted { $0.0 < $1.0 }.enumerated().map { index, fact -> Entity in
      [
        "@id": "#\(kept.name)-\(index + 1)", "@type": "PropertyValue", "name": fact.0,
        "value": fact.1,
      ]
    }
    let results = files.map(\.path).filter {
      $0.split(separator: "/").last?.hasPrefix(kept.name + ".") == true && !$0.hasPrefix("runs/")
    }
    let command =
      provenance.options.map {
        (["swift run", provenance.figure] + $0.arguments).joined(separator: " ")
      } ?? provenance.figure
    return [
      [
        "@id": "#make-\(kept.name)", "@type": "CreateAction", "name": kept.summary.title,
        "description": command, "instrument": Self.reference("#\(provenance.figure)"),
        "object": inputs.compactMap { $0["@id"] as? String }.map(Self.reference),
        "result": results.map(Self.reference),
        "actionStatus": ["@id": "http://schema.org/CompletedActionStatus"],
      ]
    ] + inputs
  }
}
