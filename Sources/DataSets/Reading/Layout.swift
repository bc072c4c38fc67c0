/// One way in which a set lies on disk.
struct Layout: Sendable {
  /// What a folder holds of a set, if it is laid out in this way.
  ///
  /// Throws if it is, but is damaged.
  let inventory: @Sendable (Folder, ImageSet) throws -> Inventory?
}
