import Tensors
import Testing

@testable import DataSets
@testable import Episodes

@Suite struct ScenesTests {
  @Test func bitsAreFixedForever() {
    let set = Scenes(trainClasses: 3, validationClasses: 1, testClasses: 1, pictures: 4).dataSet()
    #expect(set.train.classes.count == 3)
    #expect(set.imageShape == [32, 32, 3])
    #expect(
      set.train.digestOfPixels(imagesInAll: 20)
        == "f2213defd917603b2438f3d68d2581625662bd51c1558bdfd5e11e75d20347b5")
  }

  @Test func anySizeShowsTheSameScene() {
    func picture(_ side: Int) -> ShapedArray {
      let set = Scenes(
        trainClasses: 1, validationClasses: 0, testClasses: 0, pictures: 1, side: side
      ).dataSet()
      return set.train.image(0, of: set.train.classes[0])
    }
    let (small, large) = (picture(20), picture(60))
    #expect(large.shape == [60, 60, 3])
    // Means over blocks of the large picture are close to the small one.
    var difference: Float = 0
    for row in 0..<20 {
      for column in 0..<20 {
        for channel in 0..<3 {
          var mean: Float = 0
          for place in 0..<9 {
            let (y, x) = (3 * row + place / 3, 3 * column + place % 3)
            mean += large.scalars[(y * 60 + x) * 3 + channel] / 9
          }
          difference += abs(mean - small.scalars[(row * 20 + column) * 3 + channel]) / 1200
        }
      }
    }
    #expect(difference < 0.05)
  }

  @Test func nearestNeighboursOnPixelsAreMostlyWrong() throws {
    let set = Scenes(trainClasses: 0, validationClasses: 0, testClasses: 20, pictures: 20)
      .dataSet()
    let source = try ClassificationEpisodes(
      images: set.test, ways: 5, shots: 1, queries: 5, rotations: .none)
    let accuracy = NearestNeighbour.accuracy(on: source.episodes(80, seed: 0))
    #expect((0.2...0.31).contains(accuracy))
  }
}
