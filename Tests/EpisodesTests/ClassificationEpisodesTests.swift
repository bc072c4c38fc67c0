import Foundation
import Tensors
import Testing

@testable import Episodes

@Suite struct ClassificationEpisodesTests {
  private func source(_ rotations: Rotations = .none) throws -> ClassificationEpisodes {
    try ClassificationEpisodes(
      images: SampleImages.classes(4, images: 7), ways: 3, shots: 2, queries: 4,
      rotations: rotations)
  }

  /// The bytes of every image of a batch.
  private func images(_ batch: Batch<ShapedArray>) -> [[Int]] {
    (0..<batch.inputs.shape[0]).map { batch.inputs[$0].scalars.map { Int(($0 * 255).rounded()) } }
  }

  @Test func shapesFollowWaysShotsAndQueries() throws {
    let episode = try source().episode(0, of: Generator(seed: 0))
    #expect(episode.support.inputs.shape == [6, 2, 2, 1])
    #expect(episode.support.targets.shape == [6, 3])
    #expect(episode.query.inputs.shape == [12, 2, 2, 1])
    #expect(episode.query.targets.shape == [12, 3])
  }

  @Test func labelsAreOneHotAndTheSameInSupportAndQuery() throws {
    for index in 0..<20 {
      let episode = try source().episode(index, of: Generator(seed: 1))
      var classOfLabel: [Int: Int] = [:]
      for batch in [episode.support, episode.query] {
        for (image, pixels) in images(batch).enumerated() {
          let target = batch.targets[image].scalars
          #expect(target.reduce(0, +) == 1)
          let label = try #require(target.firstIndex(of: 1))
          #expect(classOfLabel[label, default: pixels[0] / 60] == pixels[0] / 60)
          classOfLabel[label] = pixels[0] / 60
        }
      }
      #expect(Set(classOfLabel.values).count == 3)
    }
  }

  @Test func noImageIsBothSupportAndQuery() throws {
    for index in 0..<20 {
      let episode = try source().episode(index, of: Generator(seed: 2))
      let all = images(episode.support) + images(episode.query)
      #expect(Set(all).count == 18)
    }
  }

  @Test func aClassTurnsAsAWhole() throws {
    var turnsSeen: Set<Int> = []
    // Offsets of the pixels after counter-clockwise quarter turns of [[0, 1], [2, 3]].
    let turned = [[0, 1, 2, 3], [1, 3, 0, 2], [3, 2, 1, 0], [2, 0, 3, 1]]
    for index in 0..<20 {
      let episode = try source(.perClass).episode(index, of: Generator(seed: 3))
      let all = images(episode.support) + images(episode.query)
      var turnsOfClass: [Int: Int] = [:]
      for pixels in all {
        let base = pixels.min() ?? 0
        let turns = try #require(turned.firstIndex(of: pixels.map { $0 - base }))
        #expect(turnsOfClass[base / 60, default: turns] == turns)
        turnsOfClass[base / 60] = turns
        turnsSeen.insert(turns)
      }
    }
    #expect(turnsSeen == [0, 1, 2, 3])
  }

  @Test func equalSeedsGiveEqualEpisodes() throws {
    let source = try source(.perClass)
    let list = source.episodes(5, seed: 8)
    #expect(list == source.episodes(5, seed: 8))
    #expect(list != source.episodes(5, seed: 9))
    #expect(list[4] == source.episode(4, of: Generator(seed: 8)))
    #expect(Set(list.map(\.support.inputs)).count == 5)
  }

  @Test func tooFewDrawingsNameClassAndCounts() {
    let images = SampleImages.classes(4, images: 7)
    let error = #expect(throws: EpisodeError.self) {
      try ClassificationEpisodes(images: images, ways: 3, shots: 5, queries: 4, rotations: .none)
    }
    #expect(
      error?.description
        == "Class Runes/character0 has 7 images, but 5 shots and 4 queries need 9: "
        + "fetch the data again if files are missing, else ask for fewer shots or queries.")
  }

  @Test func tooFewClassesNameTheSet() {
    let images = SampleImages.classes(4, images: 7)
    let error = #expect(throws: EpisodeError.self) {
      try ClassificationEpisodes(images: images, ways: 5, shots: 1, queries: 1, rotations: .none)
    }
    #expect(
      error?.description
        == "samples has 4 classes, but 5 ways were asked for: ask for fewer ways.")
  }

  @Test func encodingsNameTheContent() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(source()), as: UTF8.self)
    let digest = SampleImages.classes(4, images: 7).fingerprint
    #expect(
      text == #"{"images":{"classes":4,"fingerprint":""# + digest
        + #"","images":28,"name":"samples"},"queries":4,"rotations":"none","shots":2,"ways":3}"#)
    #expect(digest != SampleImages.classes(3, images: 7).fingerprint)
  }
}

@Suite struct SinusoidsTests {
  @Test(arguments: [Sinusoids.PhaseConvention.subtracted, .added])
  func pointsLieOnOneWave(convention: Sinusoids.PhaseConvention) {
    let source = Sinusoids(
      shots: 6, queries: 9, amplitudes: 2...2, phases: 0.5...0.5, inputs: -5...5,
      convention: convention)
    let episode = source.episode(0, of: Generator(seed: 0))
    #expect(episode.support.inputs.shape == [6, 1])
    #expect(episode.query.targets.shape == [9, 1])
    let shift: Float = convention == .added ? 0.5 : -0.5
    for batch in [episode.support, episode.query] {
      for (x, y) in zip(batch.inputs.scalars, batch.targets.scalars) {
        #expect((-5...5).contains(x))
        #expect(abs(y - 2 * sin(x + shift)) < 1e-5)
      }
    }
  }

  @Test func amplitudesAndPhasesFillTheirRanges() {
    let source = Sinusoids(shots: 50, queries: 1, amplitudes: 1...3)
    let heights = source.episodes(400, seed: 1).map { episode in
      episode.support.targets.scalars.map(abs).max() ?? 0
    }
    #expect((heights.max() ?? 0) <= 3)
    #expect((heights.max() ?? 0) > 2.9)
    #expect((heights.min() ?? 0) < 1.1)
  }
}
