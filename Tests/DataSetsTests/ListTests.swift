import Foundation
import TestSupport
import Testing

@testable import DataSets

/// Lists of file names and classes as people have them.
@Suite struct ListTests {
  private func rows(_ bytes: [UInt8]) throws -> [[String]] {
    try CommaSeparated.rows(of: bytes, path: "a.csv").map(\.fields)
  }

  private func wide(_ text: String, isBig: Bool) -> [UInt8] {
    (isBig ? [0xFE, 0xFF] : [0xFF, 0xFE])
      + text.utf16.flatMap { unit in
        let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
        return isBig ? bytes.reversed() : bytes
      }
  }

  @Test func onlyHeadingsAreHeadings() throws {
    #expect(try rows(Array("a.jpg,n1\nb.jpg,n2\n".utf8)) == [["a.jpg", "n1"], ["b.jpg", "n2"]])
    #expect(try rows(Array("filename,label\na.jpg,n1".utf8)) == [["a.jpg", "n1"]])
    #expect(try rows(Array("Filename, Label\r\na.jpg,n1\r\n\r\n".utf8)) == [["a.jpg", "n1"]])
  }

  @Test func quotesBlanksAndMarksBelongToNoField() throws {
    #expect(try rows(Array("\"a, b.jpg\" , n1 \n".utf8)) == [["a, b.jpg", "n1"]])
    #expect(try rows(Array("\"a \"\"b\"\".jpg\",\"n1\"".utf8)) == [["a \"b\".jpg", "n1"]])
    #expect(try rows([0xEF, 0xBB, 0xBF] + Array("a.jpg,n1".utf8)) == [["a.jpg", "n1"]])
    for isBig in [false, true] {
      #expect(
        try rows(wide("filename,label\r\nä.jpg,n1\r\n", isBig: isBig)) == [["ä.jpg", "n1"]])
    }
    #expect(throws: DataError.self) { try rows([0xFF, 0xFE, 0x20]) }
    #expect(throws: DataError.self) { try rows([0x61, 0xE9, 0x2C]) }
  }

  @Test func listsWithoutHeadingsLoseNothing() throws {
    let folder = try SampleFolder()
    try folder.writeLists(pictures: 2)
    for name in ["train", "val", "test"] {
      let file = folder.url.appending(path: name + ".csv")
      let text = try String(contentsOf: file, encoding: .utf8)
      try folder.folder.write(
        Array(text.split(separator: "\n").dropFirst().joined(separator: "\n").utf8),
        to: name + ".csv")
    }
    let set = try folder.read(.miniImageNet)
    #expect([set.train, set.validation, set.test].map(\.count) == [128, 32, 40])
  }

  @Test func aPictureThatIsNamedTwiceIsAnError() throws {
    let folder = try SampleFolder()
    try folder.writeLists(pictures: 2)
    let file = folder.url.appending(path: "test.csv")
    let line = try #require(
      try String(contentsOf: folder.url.appending(path: "train.csv"), encoding: .utf8)
        .split(separator: "\n").last)
    let text = try String(contentsOf: file, encoding: .utf8)
    try folder.folder.write(Array((text + line + "\n").utf8), to: "test.csv")
    let complaint = folder.complaint(.miniImageNet)
    #expect(complaint.contains("test.csv, line 42 cannot be read"))
    #expect(complaint.contains("is named a second time, after \(folder.path)/train.csv, line 129"))
    #expect(
      ImageSet.miniImageNet.findings(below: folder.url, cache: ImageCache(in: nil))[0].text
        == complaint)
  }

  @Test func aClassInTwoListsIsAllOfIt() throws {
    let folder = try SampleFolder()
    try folder.writeLists(pictures: 2)
    let name = try ImageSet.miniImageNet.lists.names()[0]
    try folder.folder.write(SampleFolder.picture(0, 9), to: "images/more.jpg")
    let text = try String(contentsOf: folder.url.appending(path: "val.csv"), encoding: .utf8)
    try folder.folder.write(Array((text + "more.jpg,\(name)").utf8), to: "val.csv")
    let set = try folder.read(.miniImageNet)
    #expect(set.train.classes[0].images.count == 3)
    #expect(set.title == "mini-ImageNet, 2 to 3 of 600 images a class")
  }

  @Test func whatIsMissingOrUnknownIsNamedWithItsLine() throws {
    let folder = try SampleFolder()
    try folder.writeLists(pictures: 1)
    let text = try String(contentsOf: folder.url.appending(path: "val.csv"), encoding: .utf8)
    func complaint(_ line: String) throws -> String {
      try folder.folder.write(Array((text + line).utf8), to: "val.csv")
      return folder.complaint(.miniImageNet)
    }
    let name = try ImageSet.miniImageNet.lists.names()[0]
    #expect(
      try complaint("gone.jpg,\(name)").hasPrefix(
        "gone.jpg, which \(folder.path)/val.csv, line 18 names, not found in"))
    #expect(try complaint("gone.jpg,n00000000").contains("n00000000 is no class of mini-ImageNet"))
    #expect(try complaint("gone.jpg").contains("it has 1 fields in place of `filename,label`"))
  }
}
