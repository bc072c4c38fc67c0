import Foundation
import Imaging
import TestSupport

@testable import DataSets

/// Folders of published sets with a few small pictures, as tests want them.
struct SampleFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  var url: URL { folder.url }
  var path: String { folder.url.path }

  /// A picture that differs from all others of another class or number.
  static func picture(_ label: Int, _ number: Int, side: Int = 3) -> [UInt8] {
    let pixels = (0..<side * side).flatMap { [UInt8(label), UInt8(number), UInt8($0 % 9)] }
    return PNG.encoding(
      Image(width: side, height: side, channels: 3, pixels: pixels), dotsPerInch: 72)
  }

  /// A folder for every class of a set, with so many pictures in each.
  func writeClasses(
    _ set: ImageSet, pictures: Int, in place: String = "", except: (String) -> Bool = { _ in false }
  ) throws {
    for (label, name) in try set.lists.names().enumerated() where !except(name) {
      for number in 0..<pictures {
        try folder.write(
          Self.picture(label, number), to: "\(place)\(name)/picture\(number).png")
      }
    }
  }

  /// Ravi and Larochelle's lists, so many pictures a class, and the pictures.
  func writeLists(pictures: Int, _ line: (String, String) -> String = { "\($0),\($1)" }) throws {
    for (file, part) in [("train", DataSet.Part.train), ("val", .validation), ("test", .test)] {
      var lines = ["filename,label"]
      for name in try ImageSet.miniImageNet.lists.names(of: part) {
        let label = try ImageSet.miniImageNet.lists.names().firstIndex(of: name) ?? 0
        for number in 0..<pictures {
          let picture = "\(name)0000\(number).jpg"
          try folder.write(Self.picture(label, number), to: "images/\(picture)")
          lines.append(line(picture, name))
        }
      }
      try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: file + ".csv")
    }
  }

  func read(_ set: ImageSet, cache: ImageCache = ImageCache(in: nil)) throws -> DataSet {
    try ImageSource.published(set, side: 3, below: url).dataSet(cache: cache)
  }

  /// What is said of a set that cannot be read.
  func complaint(_ set: ImageSet) -> String {
    do {
      _ = try read(set)
      return "none"
    } catch {
      return "\(error)"
    }
  }

  func link(_ name: String, to other: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: path + "/" + other)
  }
}
