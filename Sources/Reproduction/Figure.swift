import Claims
import Experiments
import Foundation

/// A figure or table of a paper: what it measures, how it is drawn, and which claims it decides.
///
/// The rest comes with the protocol: the command line, the run store, the files with their
/// provenance, the golden values, the verdicts.
///
/// ```swift
/// /// Figure 5: the coherence of trajectories follows the accuracy.
/// @main
/// struct Fig5Coherence: Figure {
///   static let name = "fig5-coherence"
///   static let paper = "Guiroy2019"
///   static let title = "Coherence of adaptation trajectories and target accuracy"
///   static let summary = "Mean cosine of trajectory directions against accuracy, by epoch."
///   static let dataSets = ["scenes", "mini-imagenet"]
///   static let claims = [ClaimStatement("guiroy2019/fig5-coherence/…", …)]
///
///   struct Results: Codable, Sendable { var accuracy: PerSeed<[Double]>; … }
///
///   func runs(for options: FigureOptions) throws -> [PlannedRun] {
///     try options.seeds.map { try PlannedRun(coherence(options, seed: $0)) }
///   }
///
///   func measure(with context: FigureContext) async throws -> Results {
///     let outcomes = try await context.outcomes { coherence(context.options, seed: $0) }
///     return Results(accuracy: outcomes.map(\.accuracy), …)
///   }
///
///   func draw(_ results: Results) -> Picture { … }
/// }
/// ```
public protocol Figure: Sendable {
  /// The measured numbers: everything that pictures, tables and claims are made of.
  associatedtype Results: Codable & Sendable
  /// What is drawn.
  associatedtype Drawing: Drawable

  /// The name of the executable and of its files: `fig5-coherence`.
  static var name: String { get }
  /// The paper's folder in `Figures`: `Guiroy2019`.
  static var paper: String { get }
  /// What the figure is called.
  static var title: String { get }
  /// What it shows, in one sentence.
  static var summary: String { get }
  /// The data sets that `--data` may name, the default first; none if the figure uses none.
  static var dataSets: [String] { get }
  /// The rows of the paper's table of settings that `--preset` may name.
  static var presets: [String] { get }
  /// The claims of the paper that this figure decides, at the standard budget.
  static var claims: [ClaimStatement] { get }
  /// Where the figure departs from the paper's protocol and why, a Markdown sentence each.
  static var departures: [String] { get }
  /// How many seeds there are unless `--seeds` says otherwise.
  static func seedCount(within budget: Budget) -> Int
  /// How many seeds a preset has, if it says so; it goes before the budget's number.
  static func seedCount(ofPreset preset: String) -> Int?

  /// A figure; it has no state.
  init()

  /// Gets the process ready before anything is computed, such as choosing kernels.
  static func prepare() throws
  /// What the last bits depend on beside the processor's architecture: kernels, library versions.
  static var environment: [String: String] { get }

  /// The digest of every data set that is used, by its name.
  ///
  /// - Throws: What is wrong with the data, and what to do; called before anything is run.
  func dataDigests(for options: FigureOptions) throws -> [String: String]

  /// All runs that the figure is made of, each after those that it builds on.
  func runs(for options: FigureOptions) throws -> [PlannedRun]

  /// The results, from the outcomes of runs.
  func measure(with context: FigureContext) async throws -> Results

  /// The results as they are kept with the source: without what only the picture needs.
  ///
  /// Claims are judged on what is left, with the same verdicts.
  func abridged(_ results: Results) -> Results

  /// The picture of some results; it depends on nothing else.
  func draw(_ results: Results) -> Drawing

  /// The claims as these results put them: those of ``claims``, with criteria for what was measured.
  func claims(in results: Results) -> [ClaimStatement]

  /// What the results say on each claim: by the claim's name, evidence by the criterion's name.
  func evidence(in results: Results) -> [String: [String: Evidence]]

  /// The numbers that are held to golden values.
  func metrics(in results: Results) -> [Metric]

  /// The trainings whose times the paper compares; `--times` measures them side by side.
  func timedTrainings(for options: FigureOptions) throws -> [TimedTraining]

  /// The results for the CSV file, one observation in each row.
  func table(of results: Results) -> TidyTable
}

extension Figure {
  /// No data sets.
  public static var dataSets: [String] { [] }
  /// No settings to choose from.
  public static var presets: [String] { [] }
  /// No claims.
  public static var claims: [ClaimStatement] { [] }
  /// The protocol to the letter.
  public static var departures: [String] { [] }
  /// Two at the smoke budget, else five: the fewest on which a claim is judged.
  public static func seedCount(within budget: Budget) -> Int {
    budget.pick(smoke: 2, standard: 5)
  }
  /// A preset says nothing on seeds.
  public static func seedCount(ofPreset preset: String) -> Int? { nil }
  /// Nothing to get ready.
  public static func prepare() throws {}
  /// Nothing else.
  public static var environment: [String: String] { [:] }
  /// No data, no digests.
  public func dataDigests(for options: FigureOptions) throws -> [String: String] { [:] }
  /// All of them.
  public func abridged(_ results: Results) -> Results { results }
  /// The claims as they are declared.
  public func claims(in results: Results) -> [ClaimStatement] { Self.claims }
  /// No evidence.
  public func evidence(in results: Results) -> [String: [String: Evidence]] { [:] }

  /// No times.
  public func timedTrainings(for options: FigureOptions) throws -> [TimedTraining] { [] }

  /// The metrics: one row for each and every seed.
  public func table(of results: Results) -> TidyTable {
    var table = TidyTable(columns: ["metric", "seed", "value"])
    for metric in metrics(in: results) {
      for (seed, value) in zip(metric.values.seeds, metric.values.values) {
        table.append([.text(metric.name), .text(String(seed)), .number(value)])
      }
    }
    return table
  }

  /// The executable: reads the command line, does what it says, and ends the process.
  public static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(await FigureCommand<Self>.execute(arguments))
  }
}
