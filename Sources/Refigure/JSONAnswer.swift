import Experiments

/// What a command says to other programs, with `--json`: see `Documentation/JSON.md`.
enum JSONAnswer {
  /// Prints a value, which says the version of its form.
  static func write(_ value: some Encodable) throws {
    try StandardOutput.write(
      String(decoding: CanonicalJSON.encodeForReading(value), as: UTF8.self))
  }
}
