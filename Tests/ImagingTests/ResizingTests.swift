import Imaging
import Testing

struct ResizingTests {
  @Test(arguments: try PillowFixtures.load().resizings)
  func agreesWithPillow(_ fixture: PillowFixtures.Resizing) throws {
    let image = Image(
      width: fixture.source[0], height: fixture.source[1], channels: fixture.channels,
      pixels: pattern(fixture.source[0], fixture.source[1], fixture.channels))
    let filter: ResamplingFilter = fixture.filter == "area" ? .area : .lanczos
    let resized = image.resized(
      width: fixture.target[0], height: fixture.target[1], filter: filter)
    #expect(resized.width == fixture.target[0] && resized.height == fixture.target[1])
    #expect(resized.pixels == [UInt8](fixture.pixels))
  }

  @Test(arguments: ResamplingFilter.allCases)
  func keepsAConstantPicture(_ filter: ResamplingFilter) {
    let image = Image(width: 31, height: 17, channels: 1, pixels: .init(repeating: 77, count: 527))
    let resized = image.resized(width: 12, height: 40, filter: filter)
    #expect(resized.pixels.allSatisfy { $0 == 77 })
  }

  @Test func areaOfWholeBlocksIsTheirMean() {
    let image = Image(width: 4, height: 2, channels: 1, pixels: [0, 10, 100, 200, 20, 30, 40, 60])
    #expect(image.resized(width: 2, height: 1, filter: .area).pixels == [15, 100])
  }

  @Test func lumaAgreesWithPillow() throws {
    let image = Image(width: 24, height: 17, channels: 3, pixels: pattern(24, 17, 3))
    #expect(image.converted(toChannels: 1).pixels == [UInt8](try PillowFixtures.load().luma))
  }

  @Test func channelsAreAddedAndDropped() {
    let grey = Image(width: 2, height: 1, channels: 1, pixels: [3, 9])
    #expect(grey.converted(toChannels: 3).pixels == [3, 3, 3, 9, 9, 9])
    #expect(grey.converted(toChannels: 4).pixels == [3, 3, 3, 255, 9, 9, 9, 255])
    #expect(grey.converted(toChannels: 4).converted(toChannels: 3).pixels == [3, 3, 3, 9, 9, 9])
    #expect(grey.converted(toChannels: 3).converted(toChannels: 1) == grey)
  }
}
