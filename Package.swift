// swift-tools-version: 6.2
import PackageDescription

/// One executable per figure or table, named as in the paper; its source is `Figures/<paper>/<target>/`.
let figures: KeyValuePairs = [
  "Arnold2021": [
    "fig1-shallow-deep",
    "fig2-maml-landscape",
    "fig3-linnet-logistic",
    "fig4-kfo-vs-depth",
    "figB1-logistic-synthetic",
    "figB2-logistic-failure",
    "figB3-collapse",
    "figB4-kfo-vs-depth-full",
    "table1-linnet-cnn",
    "table2-linnet-anil",
    "table3-meta-optimizers",
    "tableB4-anil-meta-optimizers",
    "tableD5-linear-rates",
    "tableD6-adaptation-rates",
    "tableD6-rate-search",
    "tableD7-meta-rates",
  ],
  "Goldblum2020": [
    "fig1-class-variation",
    "fig2-lda-features",
    "fig3-travel-distance",
    "table1-finetuning-algorithms",
    "table2-class-separation",
    "table3-rfc",
    "table4-cka",
    "table5-maml-separation",
    "table6-weight-clustering",
    "tableA3-clustering-coefficient",
    "theorem1-variance-bound",
  ],
  "Guiroy2019": [
    "fig1-metrics",
    "fig2-flatness",
    "fig3-maml-characterization",
    "fig4-finetune-characterization",
    "fig5-coherence",
    "fig6-finetune-coherence",
    "fig7-gradient-coherence",
    "fig8-regression-coherence",
    "fig9-regularized-maml",
    "fig10-accuracies",
    "fig11-coherence-full",
    "fig12-gradient-coherence-full",
  ],
  "Huisman2022": [
    "fig3-2-turtle-hyperparameters",
    "fig3-3-sine-comparison",
    "fig3-4-running-time",
    "table3-1-image-classification",
    "table3-2-meta-learners",
    "table3-3-headline",
    "table3-4-cross-domain",
    "table3-5-cross-domain-meta-learners",
    "theorem1-lstm-subsumes-maml",
  ],
]

/// The settings of numerical targets: optimised in every configuration, for a fixed processor.
///
/// So `swift run` (debug) is as fast as a release build, and on x86 a binary means the same on
/// every machine. `REFIGURE_CPU=native` (or any `-march` value) overrides the instruction baseline.
let optimised: [SwiftSetting] = {
  var flags = ["-O"]
  #if arch(x86_64)
    flags += ["-Xcc", "-march=" + (Context.environment["REFIGURE_CPU"] ?? "x86-64-v3")]
  #else
    if let cpu = Context.environment["REFIGURE_CPU"] { flags += ["-Xcc", "-mcpu=" + cpu] }
  #endif
  return [.unsafeFlags(flags)]
}()

/// Whether the processor has to be asked for the fixed baseline before anything runs.
let baseline: [SwiftSetting] =
  Context.environment["REFIGURE_CPU"] == nil ? [.define("X86_64_V3")] : []

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let algorithms = Target.Dependency.product(name: "Algorithms", package: "swift-algorithms")
let collections = Target.Dependency.product(
  name: "OrderedCollections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: optimised)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], fixtures: [Resource]? = nil
) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.byName(name: name)] + dependencies, resources: fixtures)
}

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// What figures and the setups of their papers may import.
let house: [Target.Dependency] = [
  "Claims", "CommonSetup", "DataSets", "Episodes", "Execution", "Experiments", "Measurements",
  "MetaLearners", "Networks", "Plotting", "Reproduction", "Statistics", "Tensors", "Training",
  algorithms,
]

/// What tests of trainings and measurements import.
let learning: [Target.Dependency] = [
  "DataSets", "Episodes", "Execution", "Experiments", "Measurements", "MetaLearners", "Networks",
  "Tensors", "TestSupport", "Training",
]

var targets: [Target] = [
  // MARK: System libraries
  system("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev"),
  system("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
  system("CPNG", pkgConfig: "libpng", apt: "libpng-dev"),
  system("CJPEG", pkgConfig: "libjpeg", apt: "libjpeg-dev"),
  system("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
  // For the trait MPI.
  system("CMPI", pkgConfig: "ompi-c", apt: "libopenmpi-dev"),
  // The C library's heap, which Swift's module of it leaves out.
  .systemLibrary(name: "CMalloc"),

  // MARK: Before anything else
  .target(name: "Baseline", swiftSettings: baseline),

  // MARK: Other programs
  module("Processes"),

  // MARK: Learning
  module("Tensors", [collections]),
  module("Vectors"),
  module("Execution", ["Tensors", "Vectors", "COpenBLAS", "CMalloc"]),
  module("Networks", ["Tensors"]),
  module("Episodes", ["Tensors", crypto]),
  module("DataSets", ["Episodes", "Imaging", "Tensors", "CArchive", crypto]),
  module("MetaLearners", ["Tensors", "Networks", "Episodes", algorithms]),
  module(
    "Training", ["Execution", "MetaLearners", "Networks", "Episodes", "Experiments", "Tensors"]),
  module(
    "Measurements",
    [
      "Training", "Execution", "MetaLearners", "Networks", "Episodes", "Experiments", "Tensors",
      algorithms,
    ]),

  // MARK: Reproducing
  module("Statistics", [algorithms]),
  module("Imaging", ["CPNG", "CJPEG"]),
  module("Experiments", ["Baseline", algorithms, crypto]),
  module(
    "MessagePassing", ["Experiments", .target(name: "CMPI", condition: .when(traits: ["MPI"]))]),
  module("Plotting", ["Imaging", "CCairo"]),
  module("Claims", ["Experiments", "Statistics"]),
  module(
    "Reproduction",
    [
      "Claims", "Plotting", "Imaging", "Experiments", "MessagePassing", "Statistics", algorithms,
      argumentParser,
    ]),
  module(
    "CommonSetup",
    [
      "Claims", "DataSets", "Episodes", "Execution", "Experiments", "Plotting", "Reproduction",
      "Statistics",
    ]),
  .executableTarget(
    name: "Refigure",
    dependencies: [
      "Reproduction", "Claims", "Plotting", "DataSets", "Imaging", "Experiments", "Execution",
      "Processes", "Statistics", "CArchive", algorithms, argumentParser, crypto, mustache,
    ], resources: [.embedInCode("Report/Templates")]),
  .executableTarget(
    name: "Benchmarks",
    dependencies: [
      "Measurements", "Training", "MetaLearners", "MessagePassing", "Networks", "Episodes",
      "Execution", "Experiments", "Tensors", argumentParser,
    ]),

  // MARK: Tests
  .target(
    name: "TestSupport",
    dependencies: ["Episodes", "Execution", "Experiments", "MetaLearners", "Networks", "Tensors"],
    path: "Tests/TestSupport"),
  .executableTarget(
    name: "four-waves",
    dependencies: ["Claims", "Experiments", "Plotting", "Reproduction", "Statistics"],
    path: "Tests/Scale/FourWaves"),
  tests("Tensors", ["Execution", "TestSupport"]),
  tests("Execution", ["Tensors", "Vectors", "TestSupport"]),
  tests("Networks", ["Tensors", "TestSupport"]),
  tests("Episodes", ["DataSets", "Tensors"]),
  tests("DataSets", ["Episodes", "Imaging", "Tensors", "TestSupport"]),
  tests("MetaLearners", ["Episodes", "Networks", "Tensors", "TestSupport"]),
  .testTarget(name: "TrainingTests", dependencies: learning),
  .testTarget(name: "MeasurementsTests", dependencies: learning),
  tests("Processes"),
  tests("Statistics"),
  tests("Imaging", ["TestSupport"], fixtures: [.copy("Fixtures")]),
  tests("Experiments", ["TestSupport"]),
  tests("Claims", ["Experiments", "Statistics", "TestSupport"]),
  tests("Plotting", ["Imaging"], fixtures: [.copy("Golden")]),
  .testTarget(
    name: "ReproductionTests",
    dependencies: ["Arnold2021Setup", "fig2-maml-landscape", "TestSupport"] + house),
  tests(
    "CommonSetup",
    ["Claims", "DataSets", "Episodes", "Plotting", "Reproduction", "Statistics", "TestSupport"]),
  tests("Goldblum2020Setup", ["TestSupport"] + house),
  tests("Huisman2022Setup", ["theorem1-lstm-subsumes-maml", "TestSupport"] + house),
  tests(
    "Refigure",
    [
      "Claims", "DataSets", "Execution", "Experiments", "Imaging", "Processes", "Reproduction",
      "TestSupport",
    ]),
  .testTarget(
    name: "Guiroy2019Tests",
    dependencies: ["Guiroy2019Setup", "fig2-flatness", "fig5-coherence", "TestSupport"] + house),
  tests("Baseline"),
]

for (paper, names) in figures {
  let setup = paper + "Setup"
  targets.append(.target(name: setup, dependencies: house, path: "Figures/\(paper)/Setup"))
  targets += names.map { name in
    .executableTarget(
      name: name, dependencies: [.byName(name: setup)] + house,
      path: "Figures/\(paper)/\(name)")
  }
}

let package = Package(
  name: "Refigure",
  products: [.executable(name: "refigure", targets: ["Refigure"])],
  traits: [
    .trait(name: "MPI", description: "Trainings by many processes: mpirun -n 4 fig5-coherence")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: targets,
  swiftLanguageModes: [.v6]
)
