import DataSets
import Episodes
import Tensors
import Testing

struct ClassPairsTests {
  private let images = Scenes(
    trainClasses: 6, validationClasses: 1, testClasses: 1, pictures: 8, side: 8
  ).dataSet().train

  private func labels(_ batch: Batch<ShapedArray>) -> [Int] {
    (0..<batch.targets.shape[0]).map { batch.targets[$0].scalars.firstIndex(of: 1) ?? -1 }
  }

  @Test func anEpochUsesEveryImageOnce() throws {
    let pairs = try ClassPairs(of: images, pairsPerBatch: 2, augmentation: nil)
    #expect(pairs.batchesPerEpoch == 4 * 3 / 2)
    var seen: [[Float]] = []
    for number in 0..<pairs.batchesPerEpoch {
      let batch = pairs.batch(number, ofEpoch: 3, of: Generator(seed: 1))
      let labels = labels(batch)
      for pair in stride(from: 0, to: 8, by: 4) {
        #expect(labels[pair] == labels[pair + 1] && labels[pair + 2] == labels[pair + 3])
        #expect(labels[pair] != labels[pair + 2])
      }
      for (place, label) in labels.enumerated() {
        let image = batch.inputs[place]
        #expect((0..<8).contains { images.image($0, of: images.classes[label]) == image })
        seen.append(image.scalars)
      }
    }
    #expect(Set(seen).count == images.count)
  }

  @Test func epochsDifferAndRepeat() throws {
    let pairs = try ClassPairs(
      of: images, pairsPerBatch: 2, augmentation: Augmentation(padding: 1))
    let generator = Generator(seed: 1)
    let first = pairs.batch(1, ofEpoch: 0, of: generator)
    #expect(first == pairs.batch(1, ofEpoch: 0, of: generator))
    #expect(first != pairs.batch(1, ofEpoch: 1, of: generator))
    #expect(first.inputs.scalars.allSatisfy { 0...1 ~= $0 })
  }

  @Test func aSingleClassHasNoPair() {
    #expect(throws: EpisodeError.self) {
      try ClassPairs(
        of: images.subset([images.classes[0]], name: "one"), pairsPerBatch: 1, augmentation: nil)
    }
  }
}

struct AugmentationTests {
  private let image = ShapedArray(
    (0..<48).map { Float($0) / 47 }, shape: [1, 4, 4, 3])

  @Test func nothingIsDoneByAnAugmentationOfNothing() {
    var generator = Generator(seed: 1)
    let none = Augmentation(padding: 0, jitter: 0, mirrors: false)
    #expect(none(image, using: &generator) == image)
  }

  @Test func cutsMoveTheImageWithinBlack() {
    var generator = Generator(seed: 2)
    let cut = Augmentation(padding: 2, jitter: 0, mirrors: false)
    var seen: Set<[Float]> = []
    for _ in 0..<400 {
      let found = cut(image, using: &generator)
      seen.insert(found.scalars)
      let visible = found.scalars.filter { $0 != 0 }
      #expect(Set(visible).isSubset(of: image.scalars))
      #expect(visible.count >= 2 * 2 * 3 - 1)
    }
    #expect(seen.count == 25)
  }

  @Test func halfOfTheImagesAreMirrored() {
    var generator = Generator(seed: 3)
    let mirror = Augmentation(padding: 0, jitter: 0)
    let all = (0..<400).map { _ in mirror(image, using: &generator) }
    let mirrored = all.filter { $0 != image }
    #expect(160...240 ~= mirrored.count)
    #expect(Set(mirrored).count == 1)
    let start = [9, 10, 11, 6, 7, 8].map { Float($0) / 47 }
    #expect(Array(mirrored[0].scalars.prefix(6)) == start)
  }

  @Test func colourFactorsStayWithinTheJitter() {
    let grey = ShapedArray(repeating: 0.5, shape: [1, 4, 4, 3])
    var generator = Generator(seed: 4)
    let jitter = Augmentation(padding: 0, jitter: 0.4, mirrors: false)
    let values = (0..<200).map { _ in jitter(grey, using: &generator).scalars }
    // Contrast and saturation change nothing in one grey.
    #expect(values.allSatisfy { image in image.allSatisfy { abs($0 - image[0]) < 1e-5 } })
    #expect(values.allSatisfy { 0.299...0.701 ~= $0[0] })
    #expect((values.map { $0[0] }.max() ?? 0) > 0.65 && (values.map { $0[0] }.min() ?? 1) < 0.35)
  }
}
