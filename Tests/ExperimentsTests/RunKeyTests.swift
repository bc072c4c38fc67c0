import Foundation
import Testing

@testable import Experiments

struct Settings: Experiment {
  static let name = "settings"
  var rate = 0.1
  var steps = 5
  var text = "Ω ≠ é"
  var single: Float = 0.1
  var optional: Int?
  var table = ["b": 1, "a": 2, "A": 3, "a10": 4, "a9": 5]
  func run(_ context: RunContext) async throws -> Int { steps }
}

/// The same settings, declared in another order.
struct Reordered: Experiment {
  static let name = "settings"
  var table = ["a9": 5, "a10": 4, "A": 3, "a": 2, "b": 1]
  var optional: Int?
  var single: Float = 0.1
  var text = "Ω ≠ é"
  var steps = 5
  var rate = 0.1
  func run(_ context: RunContext) async throws -> Int { steps }
}

struct Renamed: Experiment {
  static let name = "other-settings"
  var steps = 5
  func run(_ context: RunContext) async throws -> Int { steps }
}

struct Revised: Experiment {
  static let name = "other-settings"
  static let version = 2
  var steps = 5
  func run(_ context: RunContext) async throws -> Int { steps }
}

struct RunKeyTests {
  @Test func anOrderOfPropertiesMeansNothing() throws {
    #expect(try RunKey(of: Settings()) == RunKey(of: Reordered()))
  }

  @Test func keysNeverChangeByThemselves() throws {
    let description = String(decoding: try RunKey.description(of: Settings()), as: UTF8.self)
    #expect(
      description == """
        {"engine":\(EngineVersion.current),"name":"settings","settings":{"rate":0.1,"single":0.1,\
        "steps":5,"table":{"A":3,"a":2,"a10":4,"a9":5,"b":1},"text":"Ω ≠ é"},"version":1}
        """)
    let key = RunKey(
      name: "settings",
      description: Data(#"{"engine":1,"name":"settings","settings":{"steps":5},"version":1}"#.utf8))
    #expect(key.description == "settings-3cec39bc20afc292")
  }

  @Test func everySettingCounts() throws {
    let settings: [Settings] = [
      Settings(), Settings(rate: 0.1.nextUp), Settings(rate: -0.0), Settings(rate: 0),
      Settings(steps: 6), Settings(text: "Ω = é"), Settings(single: Float(0.1).nextDown),
      Settings(optional: 0), Settings(table: [:]), Settings(rate: .infinity),
    ]
    #expect(try Set(settings.map { try RunKey(of: $0) }).count == settings.count)
    #expect(try RunKey(of: Renamed()).digest != RunKey(of: Revised()).digest)
  }

  @Test func spellingsOfALetterAreOne() throws {
    let composed = try RunKey(of: Settings(text: "caf\u{E9}"))
    let decomposed = try RunKey(of: Settings(text: "cafe\u{301}"))
    #expect(composed == decomposed)
  }

  @Test(arguments: ["walk-0123456789abcdef", "meta-training-00000000ffffffff"])
  func keysAreReadBack(text: String) throws {
    let key = try #require(RunKey(text))
    #expect(key.description == text)
    #expect(try JSONDecoder().decode(RunKey.self, from: JSONEncoder().encode(key)) == key)
  }

  @Test(arguments: [
    "", "walk", "-0123456789abcdef", "walk-0123456789abcde", "walk-0123456789abcdeF",
    "../x-0123456789abcdef", "Wa lk-0123456789abcdef",
  ])
  func otherTextIsNoKey(text: String) { #expect(RunKey(text) == nil) }
}
