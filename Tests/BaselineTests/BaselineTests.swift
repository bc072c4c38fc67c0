import Testing

@testable import Baseline

struct BaselineTests {
  private let haswell = """
    processor\t: 0
    model name\t: A
    flags\t\t: fpu sse4_2 movbe avx f16c abm bmi1 avx2 bmi2 fma
    bogomips\t: 1

    """

  @Test func aProcessorWithAllFeaturesLacksNone() {
    #expect(Baseline.missing(in: haswell).isEmpty)
  }

  @Test(arguments: Baseline.features)
  func anyMissingFeatureIsNamed(feature: String) {
    let lines = haswell.split(separator: "\n").map { line in
      line.split(separator: " ").filter { $0 != feature }.joined(separator: " ")
    }
    #expect(Baseline.missing(in: lines.joined(separator: "\n")) == [feature])
    #expect(Baseline.message(lacking: [feature]).contains(feature))
  }

  @Test(arguments: ["", "processor : 0\n", "Features\t: fp asimd\n"])
  func aSystemThatDoesNotTellIsTrusted(text: String) {
    #expect(Baseline.missing(in: text).isEmpty)
  }
}
