import Experiments
import Foundation
import Testing

@testable import Reproduction

/// A long run is done seed by seed, and kept as it comes.
struct SeedJoiningTests {
  private func tree(_ text: String) throws -> SeedTree {
    try CanonicalJSON.decode(SeedTree.self, from: Data(text.utf8))
  }

  /// The JSON file of a figure with some seeds, moved to a place of its own.
  private func file(
    _ session: Session<ToyFigure>, _ name: String, _ flags: String...
  ) async throws -> URL {
    #expect(await session.runPlainly(flags + ["--output", session.folder.path, "--quiet"]) == 0)
    let file = session.folder.appending(path: name)
    try FileManager.default.copyItem(
      at: session.folder.appending(path: "figures/fig0-toy.json"), to: file)
    return file
  }

  @Test func seedsKeptOneAfterAnotherAreThoseOfOneRun() async throws {
    let session = try Session<ToyFigure>()
    let late = try await file(session, "late.json", "--seed", "3", "--seeds", "2")
    let early = try await file(session, "early.json", "--seeds", "3")
    let whole = try await file(session, "whole.json", "--seeds", "5")

    #expect(await session.run("--abridge", late.path) == 0)
    let kept = session.folder.appending(path: "kept.json")
    try Data(session.output.utf8).write(to: kept)
    #expect(await session.run("--abridge", early.path, "--join", kept.path) == 0)
    let joined = try record(session.output)
    #expect(await session.run("--abridge", whole.path) == 0)
    let atOnce = try record(session.output)
    #expect(joined.results == atOnce.results && joined.claims == atOnce.claims)
    #expect(joined.metrics == atOnce.metrics)
    #expect(joined.provenance.settings == atOnce.provenance.settings)
    #expect(joined.provenance.data == atOnce.provenance.data)
    #expect(Set(joined.provenance.runs) == Set(atOnce.provenance.runs))
  }

  @Test func whatWasComputedInAnotherWayIsNotJoined() async throws {
    let session = try Session<ToyFigure>()
    let standard = try await file(session, "standard.json", "--seeds", "2")
    let smoke = try await file(
      session, "smoke.json", "--seed", "2", "--seeds", "2", "--budget", "smoke")
    #expect(await session.run("--abridge", smoke.path, "--join", standard.path) == 1)
    #expect(session.errors.contains("differ in their options"))

    var other = try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: Data(contentsOf: standard))
    other.provenance.environment["kernels"] = "others"
    other.provenance.settings["seeds"] = "7 8"
    try CanonicalJSON.encode(other).write(to: smoke)
    #expect(await session.run("--abridge", smoke.path, "--join", standard.path) == 1)
    #expect(session.errors.contains("differ in their environment"))
  }

  @Test func whatIsNotBySeedMustBeEqual() throws {
    let own = try tree(#"{"a":[1,{"seeds":[2],"values":["nan"]}],"b":0.1,"c":null}"#)
    let other = try tree(#"{"a":[1,{"seeds":[0,2],"values":[0.5,1e300]}],"b":0.1,"c":null}"#)
    let both = try tree(#"{"a":[1,{"seeds":[0,2],"values":[0.5,1e300]}],"b":0.1,"c":null}"#)
    #expect(try own.joined(with: other) == both)
    let short = try tree(#"{"a":[1],"b":0.1,"c":null}"#)
    #expect(throws: FigureError.self) { try own.joined(with: short) }
    let changed = try tree(#"{"a":[1,{"seeds":[0],"values":[3]}],"b":0.2,"c":null}"#)
    let error = #expect(throws: FigureError.self) { try own.joined(with: changed) }
    #expect(error.map { "\($0)".contains("results.b") } == true)
  }

  private func record(_ output: String) throws -> FigureRecord<ToyFigure.Results> {
    try CanonicalJSON.decode(
      FigureRecord<ToyFigure.Results>.self, from: Data(output.utf8))
  }
}
