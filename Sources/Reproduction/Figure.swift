import Claims
import Experiments
import Foundation
import MessagePassing

/// What a figure is, before anything is measured.
public struct FigureIdentity: Equatable, Sendable {
  /// The name of the executable and of its files: `fig5-coherence`.
  public var name: String
  /// The paper's folder in `Figures`: `Guiroy2019`.
  public var paper: String
  /// What it is called.
  public var title: String
  /// What it shows, in one sentence.
  public var summary: String
  /// The names of the published sets that `--data` may ask for; none if it uses no images.
  public var dataSets: [String]
  /// The rows of the paper's table of settings that `--preset` may name.
  public var presets: [String]

  /// A figure of a paper.
  public init(
    _ name: String, of paper: String, title: String, summary: String, dataSets: [String] = [],
    presets: [String] = []
  ) {
    (self.name, self.paper, self.title, self.summary) = (name, paper, title, summary)
    (self.dataSets, self.presets) = (dataSets, presets)
  }
}

/// A figure or table of a paper: what it wants to know, how it is drawn, and which claims it decides.
///
/// The rest comes with the protocol: the command line, planning, the run store, the files with their
/// provenance, the golden values, the verdicts.
///
/// ```swift
/// /// Figure 5: where the adaptations to different episodes go the same way, accuracy is high.
/// @main
/// struct Fig5Coherence: Figure {
///   static let identity = FigureIdentity("fig5-coherence", of: "Guiroy2019", title: …, summary: …)
///
///   func study(_ options: FigureOptions) throws -> Study<Grid<Setting, [TrajectorySummary]>> {
///     try grid(Setting.all(options), seeds: options.seeds) { setting, seed in
///       try Study(setting.trajectories(seed: seed))
///     }
///   }
///
///   func draw(_ results: Results) -> Picture { … }
///   static func claims(_ scope: ClaimScope) -> [Claim<Results>] { … }
///   func quantities(in results: Results) -> [Quantity] { … }
/// }
/// ```
public protocol Figure: Sendable {
  /// The measured numbers: everything that pictures, tables and claims are made of.
  associatedtype Results: Codable & Sendable
  /// What is drawn.
  associatedtype Drawing: Drawable

  /// What it is.
  static var identity: FigureIdentity { get }
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

  /// What the figure wants to know; no pixel is touched and nothing is run for the answer.
  ///
  /// - Throws: What is wrong with the data or the options, and what to do.
  func study(_ options: FigureOptions) throws -> Study<Results>

  /// The results as they are kept with the source: without what only the picture needs.
  ///
  /// Claims are judged on what is left, with the same verdicts.
  func abridged(_ results: Results) -> Results

  /// The picture of some results; it depends on nothing else.
  func draw(_ results: Results) -> Drawing

  /// The claims that it decides under some options, each criterion with its evidence.
  static func claims(_ scope: ClaimScope) -> [Claim<Results>]

  /// What was measured: rows of the CSV file, metrics, golden values and the paper's numbers.
  @QuantityBuilder func quantities(in results: Results) -> [Quantity]

  /// The trainings whose times the paper compares; `--times` measures them side by side.
  func timedTrainings(for options: FigureOptions) throws -> [TimedTraining]
}

extension Figure {
  /// The name of the executable.
  public static var name: String { identity.name }
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
  /// All of them.
  public func abridged(_ results: Results) -> Results { results }
  /// No claims.
  public static func claims(_ scope: ClaimScope) -> [Claim<Results>] { [] }
  /// No times.
  public func timedTrainings(for options: FigureOptions) throws -> [TimedTraining] { [] }

  /// The executable: reads the command line, does what it says, and ends the process.
  public static func main() {
    ProcessLimits.require()
    let arguments = Array(CommandLine.arguments.dropFirst())
    Task {
      let code = await FigureCommand<Self>.execute(arguments, in: MessagePassing.group())
      MessagePassing.end(with: code)
      exit(code)
    }
    dispatchMain()
  }
}
