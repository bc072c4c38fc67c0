import Foundation
import Imaging

/// One archive of Omniglot, as a zip or unpacked.
struct OmniglotArchive {
  /// The zip, or the unpacked folder.
  let url: URL
  private let isFolder: Bool

  /// A character with its drawings.
  struct Character {
    let alphabet: String
    let name: String
    var drawings: [Image]
  }

  /// The places under a root where people keep the archives: here, in a clone of the authors'
  /// repository, in torchvision's folder.
  private static let places = ["", "python", "omniglot", "omniglot/python", "omniglot-py"]

  /// The archive of a name at a root.
  init(name: String, root: URL) throws {
    let places = OmniglotArchive.places.map {
      Folder($0.isEmpty ? root : root.appendingPathComponent($0))
    }
    if let folder = places.map({ $0[name] }).first(where: \.exists) {
      url = folder.url
      isFolder = true
    } else if let zip = places.lazy.compactMap({ $0.file(name + ".zip") }).first {
      url = zip
      isFolder = false
    } else {
      throw DataError.missing(
        "Omniglot's \(name) (folder or \(name).zip)", place: root.path,
        remedy: "fetch it from https://github.com/brendenlake/omniglot (folder python), "
          + "or name its folder with --data-root")
    }
  }

  /// All characters, by alphabet and number.
  func characters() throws -> [Character] {
    isFolder ? try unpacked(Folder(url)) : try zipped(ZipArchive(url: url))
  }

  private func unpacked(_ folder: Folder) throws -> [Character] {
    var characters: [Character] = []
    for alphabet in folder.folders {
      for character in alphabet.folders {
        characters.append(
          Character(
            alphabet: alphabet.name, name: "\(alphabet.name)/\(character.name)",
            drawings: try character.images.map {
              try checked(Image(contentsOf: $0.path), named: $0.path)
            }))
      }
    }
    return try nonempty(characters, in: folder.url)
  }

  private func zipped(_ archive: ZipArchive) throws -> [Character] {
    var characters: [String: Character] = [:]
    for file in try archive.pngs().sorted(by: {
      $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
    }) {
      let pieces = file.name.split(separator: "/").suffix(3).map(String.init)
      guard pieces.count == 3, !file.name.contains("__MACOSX") else { continue }
      let label = "\(archive.url.path): \(file.name)"
      let image = try checked(Image(decoding: file.bytes, named: label), named: label)
      let name = "\(pieces[0])/\(pieces[1])"
      characters[name, default: Character(alphabet: pieces[0], name: name, drawings: [])]
        .drawings.append(image)
    }
    return try nonempty(
      characters.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) },
      in: archive.url)
  }

  private func checked(_ image: Image, named name: String) throws -> Image {
    let side = Omniglot.originalSide
    guard image.width == side, image.height == side else {
      throw DataError.wrongSize(
        file: name, found: "\(image.width)×\(image.height)", expected: "\(side)×\(side)")
    }
    return image
  }

  private func nonempty(_ characters: [Character], in url: URL) throws -> [Character] {
    guard !characters.isEmpty else {
      throw DataError.missing(
        "a drawing <alphabet>/<character>/*.png", place: url.path,
        remedy: "unpack the archive again")
    }
    return characters
  }
}
