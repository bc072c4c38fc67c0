import Episodes
import Tensors
import Testing

struct EpisodePoolTests {
  private let source = Sinusoids(shots: 3, queries: 2)

  private func pool(_ name: String, seed: Int = 0) -> EpisodePool<Sinusoids> {
    EpisodePool(of: source, count: 4, name: name, seed: seed)
  }

  @Test func theGeneratorDoesNotMatter() {
    let pool = pool("train")
    for index in 0..<4 {
      #expect(
        pool.episode(index, of: Generator(seed: 1)) == pool.episode(index, of: Generator(seed: 2)))
    }
  }

  @Test func afterTheLastComesTheFirst() {
    let (pool, generator) = (pool("train"), Generator(seed: 3))
    #expect(pool.episode(5, of: generator) == pool.episode(1, of: generator))
    #expect(pool.episode(0, of: generator) != pool.episode(1, of: generator))
  }

  @Test func namesAndSeedsAreDrawnApart() {
    let generator = Generator(seed: 0)
    let first = pool("train").episode(0, of: generator)
    #expect(first != pool("validation").episode(0, of: generator))
    #expect(first != pool("train", seed: 1).episode(0, of: generator))
  }

  /// Generic code must see the pool's own list too.
  @Test func aPoolIsAPoolBehindAGenericParameter() {
    func first(of source: some EpisodeSource, _ seed: Int) -> Episode<ShapedArray> {
      source.episode(0, of: Generator(seed: seed))
    }
    #expect(first(of: pool("test"), 1) == first(of: pool("test"), 2))
  }

  @Test func drawsComeFromTheList() {
    let pool = pool("train")
    var generator = Generator(seed: 9)
    let all = (0..<4).map { pool.episode($0, of: generator) }
    for _ in 0..<8 { #expect(all.contains(pool.episode(using: &generator))) }
  }

  @Test func drawsByIndexComeInTheGeneratorsOrder() {
    let pool = pool("train")
    let all = (0..<4).map { pool.episode($0, of: Generator(seed: 0)) }
    func order(_ seed: Int) -> [Int?] {
      (0..<16).map { index in
        let drawn = PoolDraws(from: pool).episode(index, of: Generator(seed: seed))
        return all.firstIndex(of: drawn)
      }
    }
    let first = order(1)
    #expect(Set(first) == [0, 1, 2, 3])
    #expect(first == order(1) && first != order(2))
    #expect(first != (0..<16).map { $0 % 4 })
  }
}
