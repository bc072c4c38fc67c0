import Foundation

/// The search for sets of images in a folder and those below it, by what they hold.
struct ImageSearch {
  private let root: Folder
  private let trail: Trail

  init(below root: String, trail: Trail = Trail()) {
    self.root = Folder(at: root, trail: trail)
    self.trail = trail
  }

  /// What was found of a set, place after place, until somebody has seen enough.
  ///
  /// The set's own folder, the one with its name, goes first, then the root, then what lies deeper.
  /// A failure is a place that is laid out like the set and damaged, or that cannot be looked into.
  func visit(_ set: ImageSet, _ isEnough: (Result<Inventory, DataError>) -> Bool) {
    var seen: Set<FileIdentity> = []
    var level = [root]
    // What is wrong with the root is said when it is listed.
    if let own = try? root.folder(set.name) { level.insert(own, at: 0) }
    var count = 0
    for depth in 0...Self.depth {
      var next: [Folder] = []
      for folder in level where count < Self.mostFolders {
        count += 1
        do {
          let listing = try folder.listing()
          if let identity = listing.identity, !seen.insert(identity).inserted { continue }
          if let inventory = try inventory(of: set, in: folder) {
            if isEnough(.success(inventory)) { return }
            // What lies below is what was found.
            continue
          }
          guard depth < Self.depth, listing.folders.count <= Self.mostSiblings else { continue }
          next += listing.folders.filter { isWorthwhile($0, for: set) }
        } catch let error as DataError {
          if isEnough(.failure(error)) { return }
        } catch {
          let failure = DataError.unreadable(
            file: folder.path, reason: "\(error)", remedy: "Check the folder")
          if isEnough(.failure(failure)) { return }
        }
      }
      level = next
    }
  }

  private static let depth = 4
  private static let mostFolders = 2_000
  /// A folder with more is one of classes, or of something else altogether.
  private static let mostSiblings = 60

  private func inventory(of set: ImageSet, in folder: Folder) throws -> Inventory? {
    for layout in set.layouts {
      if let inventory = try layout.inventory(folder, set) { return inventory }
    }
    return nil
  }

  private func isWorthwhile(_ folder: Folder, for set: ImageSet) -> Bool {
    // Archives take time to open: those of other sets stay closed.
    if folder.archive == folder.path { return set.archives.contains(folder.name) }
    return !["Output", "splits", "golden", "results"].contains(folder.name)
  }

  /// The first place whose images of a set can be used.
  ///
  /// - Throws: ``DataError``: why the first place that looks like the set cannot be, or that there
  ///   is none.
  func usable(_ set: ImageSet, split: Omniglot.Split?) throws -> UsableImages {
    var found: UsableImages?
    var first: DataError?
    visit(set) { result in
      do throws(DataError) {
        found = try UsableImages(result.get(), split: split)
        return true
      } catch {
        first = first ?? error
        return false
      }
    }
    if let found { return found }
    // Which archives are wanted depends on the split.
    let archive = (split ?? .finn(seed: 0)).archives[0].rawValue
    throw first
      ?? .absent(
        set == .omniglot ? "Omniglot's \(archive) (folder or \(archive).zip)" : set.title,
        place: root.path, remedy: set.remedy + ", or name its folder with --data-root")
  }
}

/// Images of a set that are there as they should be, and how they are divided.
struct UsableImages {
  let inventory: Inventory
  let split: Omniglot.Split?

  /// - Throws: ``DataError``: why they cannot be used.
  init(_ inventory: Inventory, split: Omniglot.Split?) throws(DataError) {
    do {
      if inventory.set == .omniglot {
        let split = split ?? inventory.likeliestSplit
        self.inventory = try inventory.characters(of: split)
        self.split = split
      } else {
        if let fault = inventory.fault(expecting: try inventory.set.lists.names()) { throw fault }
        self.inventory = inventory
        self.split = nil
      }
    } catch let error as DataError {
      throw error
    } catch {
      throw .unreadable(file: inventory.path, reason: "\(error)", remedy: "Check the folder")
    }
  }
}
