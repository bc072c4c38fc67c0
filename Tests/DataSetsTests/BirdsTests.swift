import Episodes
import Tensors
import Testing

@testable import DataSets

@Suite struct BirdsTests {
  @Test func numbersAreAsAsked() {
    let set = Birds(trainClasses: 6, validationClasses: 2, testClasses: 3, pictures: 4, side: 20)
      .dataSet()
    #expect([set.train, set.validation, set.test].map(\.classes.count) == [6, 2, 3])
    #expect(set.train.classes[5].name == "train-genus2/species2")
    #expect(set.imageShape == [20, 20, 3] && set.isProcedural && set.title == "birds")
  }

  @Test func bitsAreFixedForever() {
    let set = Birds(trainClasses: 3, validationClasses: 1, testClasses: 1, pictures: 4).dataSet()
    #expect(
      set.train.digestOfPixels(imagesInAll: 20)
        == "bd6b50245055c8723bc8560cbb913fa40e1733fa09638804548c876f2c092943")
  }

  @Test func aClassDoesNotDependOnTheirNumber() {
    let few = Birds(trainClasses: 2, validationClasses: 1, testClasses: 2, pictures: 2).dataSet()
    let many = Birds(trainClasses: 5, validationClasses: 2, testClasses: 3, pictures: 3).dataSet()
    for part in DataSet.Part.allCases {
      for index in few[part].classes.indices {
        let image = few[part].image(1, of: few[part].classes[index])
        #expect(image == many[part].image(1, of: many[part].classes[index]))
      }
    }
  }

  /// The marks of a species can be seen, but not by everybody: the centre of few small features of
  /// its pictures is right far more often than chance, and often wrong.
  @Test func centroidsOfSmallFeaturesAreOftenRight() throws {
    let images = Birds(trainClasses: 0, validationClasses: 0, testClasses: 24).dataSet().test
    let source = try ClassificationEpisodes(
      images: images, ways: 5, shots: 10, queries: 10, rotations: .none)
    let accuracy = NearestCentroid.accuracy(on: source.episodes(60, seed: 0))
    #expect((0.35...0.7).contains(accuracy), "\(accuracy)")
  }

  /// Fine-grained: species of one genus are harder to tell apart than birds of different ones.
  @Test func kinAreHarderToTellApart() throws {
    let images = Birds(trainClasses: 0, validationClasses: 0, testClasses: 24).dataSet().test
    func accuracy(_ classes: [ImageClass]) throws -> Double {
      let source = try ClassificationEpisodes(
        images: images.subset(classes, name: "some"), ways: 4, shots: 10, queries: 10,
        rotations: .none)
      return NearestCentroid.accuracy(on: source.episodes(20, seed: 0))
    }
    let genera = Dictionary(grouping: images.classes, by: \.group).sorted { $0.key < $1.key }
    let kin = try genera.map { try accuracy($0.value) }.reduce(0, +) / Double(genera.count)
    let strangers = try accuracy(genera.map { $0.value[0] })
    #expect(kin > 0.3 && strangers > kin + 0.05, "\(kin) among kin, \(strangers) among strangers")
  }
}
