import CommonSetup
import DataSets

extension World {
  /// Enough to see that everything works, and to compare with golden values.
  ///
  /// Rates are low: at higher ones so few updates leave features so small beside their variation that
  /// R_FC differs by a tenth between kernels.
  static let smoke = World(
    sides: [.miniImageNet: 16, .cifarFS: 16],
    standIn: StandIn(trainClasses: 6, validationClasses: 0, testClasses: 5, pictures: 20),
    widths: [.r2d2: 1.0 / 24], routines: [.r2d2: Extractor.Routine.allCases],
    classical: Classical(
      pairs: 3, epochs: 1, rates: [], lastRate: 0.01, featureClustering: 0.1,
      hyperplaneVariation: 0.5),
    episodic: Episodic(
      shots: [.miniImageNet: 2, .cifarFS: 2], queries: 2, episodesPerStep: 2,
      episodesPerPass: PerSet(sets, 2), stepsPerEpoch: 4,
      epochs: 1, rates: [], lastRate: 0.01, smoothing: PerSet(sets, 0), validationEpisodes: 0),
    jitter: 0.4, testEpisodes: 4, settingEpisodes: 2)

  /// A smaller world in which the questions can be decided.
  ///
  /// Both ways of meta-learning share the narrow R2-D2 network, so that three classical trainings
  /// are compared with both. The coefficients are those of {0.05, 0.1, 0.5, 1} with the highest mean
  /// accuracy over the table's columns on 20 classes for validation, with seeds 100 and 101.
  static let standard = World(
    sides: [.miniImageNet: 16, .cifarFS: 16],
    standIn: StandIn(trainClasses: 64, validationClasses: 0, testClasses: 20, pictures: 60),
    widths: [.r2d2: 1.0 / 8], routines: [.r2d2: Extractor.Routine.allCases],
    classical: Classical(
      pairs: 16, epochs: 8, rates: [(0.05, 5)], lastRate: 0.005, featureClustering: 0.1,
      hyperplaneVariation: 0.5),
    episodic: Episodic(
      shots: [.miniImageNet: 5, .cifarFS: 5], queries: 6, episodesPerStep: 4,
      episodesPerPass: PerSet(sets, 4), stepsPerEpoch: 40,
      epochs: 6, rates: [(0.1, 4)], lastRate: 0.01, smoothing: PerSet(sets, 0),
      validationEpisodes: 0),
    jitter: 0.4, testEpisodes: 500, settingEpisodes: 100)

  /// Both networks, each with its own way of meta-learning, at a quarter of their width.
  static let overnight = World(
    sides: [.miniImageNet: 32, .cifarFS: 32],
    standIn: StandIn(trainClasses: 64, validationClasses: 16, testClasses: 20, pictures: 100),
    widths: [.r2d2: 1.0 / 4, .resNet12: 1.0 / 8], routines: published,
    classical: Classical(
      pairs: 16, epochs: 20, rates: [(0.05, 12), (0.005, 17)], lastRate: 0.0005,
      featureClustering: 0.1, hyperplaneVariation: 0.5),
    episodic: Episodic(
      shots: [.miniImageNet: 5, .cifarFS: 5], queries: 6, episodesPerStep: 4,
      episodesPerPass: PerSet(sets, 4), stepsPerEpoch: 100,
      epochs: 12, rates: [(0.1, 6), (0.06, 9)], lastRate: 0.006,
      smoothing: [.miniImageNet: 0.1, .cifarFS: 0], validationEpisodes: 100),
    jitter: 0.4, testEpisodes: 1000, settingEpisodes: 200)

  /// The protocol to the letter.
  ///
  /// On mini-ImageNet two episodes share a pass, as on each of the four processors that the code of
  /// MetaOptNet is run on there.
  static let paper = World(
    sides: [.miniImageNet: 84, .cifarFS: 32],
    standIn: StandIn(trainClasses: 64, validationClasses: 16, testClasses: 20, pictures: 600),
    widths: [.r2d2: 1, .resNet12: 1], routines: published,
    classical: Classical(
      pairs: 16, epochs: 300, rates: [(1e-2, 100), (1e-3, 150), (1e-4, 200), (1e-5, 250)],
      lastRate: 1e-6, featureClustering: 1, hyperplaneVariation: 1),
    episodic: Episodic(
      shots: [.miniImageNet: 15, .cifarFS: 5], queries: 6, episodesPerStep: 8,
      episodesPerPass: [.miniImageNet: 2, .cifarFS: 8], stepsPerEpoch: 1000, epochs: 60,
      rates: [(0.1, 20), (0.006, 40), (0.0012, 50)],
      lastRate: 0.00024, smoothing: [.miniImageNet: 0.1, .cifarFS: 0], validationEpisodes: 2000),
    jitter: 0.4, testEpisodes: 1000, settingEpisodes: 1000)

  private static let published: [Extractor.Network: [Extractor.Routine]] = [
    .r2d2: [.ridge, .classical, .clustering, .hyperplanes],
    .resNet12: [.machine, .classical, .clustering, .hyperplanes],
  ]
}
