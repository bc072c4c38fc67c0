import Foundation
import TestSupport
import Testing

@testable import Reproduction

struct ProjectFolderTests {
  @Test func outputIsFoundFromAnyDepth() throws {
    let folder = try TemporaryFolder()
    let root = folder.url
    let deep = root.appending(path: "a/b c/d")
    try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
    #expect(ProjectFolder.containing(deep) == nil)
    #expect(ProjectFolder.output(from: deep).path == deep.appending(path: "Output").path)
    try Data().write(to: root.appending(path: "Package.swift"))
    #expect(ProjectFolder.output(from: deep).path == root.appending(path: "Output").path)
    #expect(ProjectFolder.output(from: root).path == root.appending(path: "Output").path)
  }
}
