import Foundation
import TestSupport
import Testing

@testable import DataSets
@testable import Episodes

/// Folders of classes as people have them.
///
/// The doctor says of each what the reader does.
@Suite struct ClassFolderTests {
  /// What the doctor says of a set.
  private func findings(_ folder: SampleFolder, _ set: ImageSet) -> [ImageFinding] {
    set.findings(below: folder.url, cache: ImageCache(in: nil))
  }

  @Test func aClassInTwoPartsIsAllOfIt() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.cifarFS, pictures: 3, in: "train/")
    for (label, name) in try ImageSet.cifarFS.lists.names().enumerated() {
      for number in 0..<2 {
        // Both parts count from the same name, as cifar2png does.
        try folder.folder.write(
          SampleFolder.picture(label, 100 + number), to: "test/\(name)/picture\(number).png")
      }
    }
    let set = try folder.read(.cifarFS)
    #expect(set.title == "CIFAR-FS, 5 of 600 images a class")
    #expect(set.train.count == 64 * 5)
    let greens = (0..<5).map {
      Int((set.train.image($0, of: set.train.classes[0]).scalars[1] * 255).rounded())
    }
    #expect(greens == [0, 1, 2, 100, 101])
    #expect(findings(folder, .cifarFS).map(\.isUsable) == [true])
  }

  @Test func copiesOfAClassAreNoticed() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.cifarFS, pictures: 3, in: "train/")
    try folder.writeClasses(.cifarFS, pictures: 3, in: "val/", except: { $0 != "worm" })
    #expect(folder.complaint(.cifarFS).contains("3 of 6 images of worm are copies of others"))
    #expect(findings(folder, .cifarFS).map(\.isUsable) == [false])
  }

  @Test func aPartThatIsALinkToAnotherCountsOnce() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.cifarFS, pictures: 2, in: "train/")
    try folder.link("test", to: "train")
    #expect(try folder.read(.cifarFS).train.count == 64 * 2)
  }

  @Test func aPictureUnderTwoNamesIsNamed() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.miniImageNet, pictures: 2)
    let name = try ImageSet.miniImageNet.lists.names()[0]
    try folder.link("\(name)/copy.png", to: "\(name)/picture0.png")
    let complaint = folder.complaint(.miniImageNet)
    #expect(complaint.contains("\(name)/picture0.png cannot be read: it is the same file as"))
    #expect(findings(folder, .miniImageNet)[0].text == complaint)
  }

  @Test func moreImagesThanPublishedAreNoticed() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.miniImageNet, pictures: 1)
    let name = try ImageSet.miniImageNet.lists.names()[5]
    for number in 0..<600 { try folder.folder.write([1], to: "\(name)/\(number).png") }
    #expect(
      folder.complaint(.miniImageNet).contains(
        "class \(name) has 601 images where 600 were published"))
  }

  @Test func emptyFilesAreCounted() throws {
    let folder = try SampleFolder()
    for name in try ImageSet.miniImageNet.lists.names() {
      for number in 0..<6 { try folder.folder.write([], to: "\(name)/\(number).jpg") }
    }
    #expect(folder.complaint(.miniImageNet).contains("600 of 600 images are empty, the first"))
    let found = findings(folder, .miniImageNet)
    #expect(
      found.map(\.isUsable) == [false] && found[0].text.contains("600 of 600 images are empty"))
  }

  /// A page that a server sent in place of a picture, a picture that was cut off.
  @Test(arguments: [Array("<html>".utf8), Array(SampleFolder.picture(1, 1).dropLast(30))])
  func filesThatAreNoPicturesAreNamed(bytes: [UInt8]) throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.miniImageNet, pictures: 2)
    let name = try ImageSet.miniImageNet.lists.names()[7]
    try folder.folder.write(bytes, to: "\(name)/picture1.png")
    #expect(folder.complaint(.miniImageNet).contains("\(name)/picture1.png: "))
    #expect(findings(folder, .miniImageNet).map(\.isUsable) == [false])
  }

  @Test func linksAreFollowed() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.miniImageNet, pictures: 2, in: "elsewhere/deep/down/below/it/all/")
    let names = try ImageSet.miniImageNet.lists.names()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/data", withIntermediateDirectories: true)
    for name in names {
      try folder.link("data/\(name)", to: "elsewhere/deep/down/below/it/all/\(name)")
    }
    try folder.link("mini-imagenet", to: "data")
    #expect(try folder.read(.miniImageNet).train.count == 128)
    #expect(findings(folder, .miniImageNet).map(\.isUsable) == [true])
  }

  @Test func whatIsNoPictureIsLeftAlone() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.miniImageNet, pictures: 2)
    let name = try ImageSet.miniImageNet.lists.names()[0]
    try folder.folder.write([1], to: "\(name)/copy.png/inside")
    try folder.folder.write([1], to: "\(name)/Thumbs.db")
    try folder.folder.write([1], to: "\(name)/._picture0.png")
    #expect(try folder.read(.miniImageNet).train.count == 128)
  }

  @Test func aClassWithoutAPictureIsNamed() throws {
    let folder = try SampleFolder()
    let name = try ImageSet.miniImageNet.lists.names()[2]
    try folder.writeClasses(.miniImageNet, pictures: 1, except: { $0 == name })
    #expect(folder.complaint(.miniImageNet).contains("Class \(name) of mini-ImageNet not found"))
    try folder.folder.write([1], to: "\(name)/readme.txt")
    #expect(folder.complaint(.miniImageNet).contains("An image (.jpg, .jpeg or .png) not found in"))
  }

  @Test func namesThatAreNotUTF8AreShown() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.miniImageNet, pictures: 1)
    let name = try ImageSet.miniImageNet.lists.names()[0]
    let path = Array((folder.path + "/\(name)/caf").utf8) + [0xE9] + Array(".png".utf8) + [0]
    let file = path.map(CChar.init(bitPattern:)).withUnsafeBufferPointer {
      fopen($0.baseAddress, "w")
    }
    // Some file systems have no such names.
    guard let file else { return }
    fclose(file)
    #expect(folder.complaint(.miniImageNet).contains("its name is not UTF-8"))
  }

  @Test func editionsOfBirdsAreTold() throws {
    let folder = try SampleFolder()
    try folder.writeClasses(.cub, pictures: 2, in: "images/")
    let old = try folder.read(.cub)
    #expect(old.title == "CUB-200 of 2010, 400 of 6033 images")
    #expect([old.train, old.validation, old.test].map(\.classes.count) == [100, 50, 50])
    let whole = ListedClass(
      name: "all", images: (0..<6_034).map { .record(DataFile.sample, $0) })
    let newer = Inventory(set: .cub, path: "", layout: "", classes: [whole])
    #expect(newer.title == "CUB-200-2011, 6034 of 11788 images" && !newer.isWhole)
  }
}

extension DataFile {
  fileprivate static let sample = DataFile(
    name: "a", path: "a", place: .disk, size: 1, identity: nil)
}
