import Foundation
import Reproduction

/// The commit that the code is of.
struct CodeRevision: Equatable {
  /// The commit's name.
  let commit: String
  /// Whether files have been changed since.
  let isChanged: Bool
  /// The day of the commit: `2026-11-26`.
  let date: String

  init(commit: String, isChanged: Bool, date: String) {
    (self.commit, self.isChanged, self.date) = (commit, isChanged, date)
  }

  /// The commit of a clone; nothing if the folder is none, or there is no git.
  ///
  /// - Throws: ``FigureError`` with what git says if it cannot tell for another reason.
  init?(of folder: URL) throws {
    func git(_ arguments: [String]) throws -> String? {
      let answer = try Child.output(
        of: URL(filePath: "/usr/bin/env"), ["git", "-C", folder.path] + arguments,
        adding: ["LC_ALL": "C"], complaints: .collected)
      if answer.code == 0 { return answer.output.trimmingCharacters(in: .newlines) }
      let isNotFound = answer.code == 127
      if isNotFound || answer.complaints.contains("not a git repository") { return nil }
      throw FigureError.failed(
        "git does not tell of which commit \(folder.path) is \(answer.ending): "
          + answer.complaints.split(separator: "\n").joined(separator: " "))
    }
    guard let head = try git(["log", "-1", "--format=%H %cs"]),
      let status = try git(["status", "--porcelain"])
    else { return nil }
    let words = head.split(separator: " ")
    guard words.count == 2 else { return nil }
    self.init(commit: String(words[0]), isChanged: !status.isEmpty, date: String(words[1]))
  }
}
