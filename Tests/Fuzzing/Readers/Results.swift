@testable import Claims
@testable import Experiments
import Foundation

/// Bytes as every record that is written as JSON give a value or an error, whatever they are; and a
/// value gives bytes that read the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func results(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Data(UnsafeBufferPointer(start: start, count: count))
  if let golden = again(Golden.self, bytes) {
    precondition((try? golden.compared(with: golden))?.text.isEmpty == false)
  }
  if let history = again(VerdictHistory.self, bytes) {
    for change in history.entries.flatMap(\.changes) {
      precondition(!change.description.isEmpty)
      _ = history.verdict(on: change.claim)
    }
  }
  if let catalogue = again(ClaimsCatalogue.self, bytes), catalogue.flaw == nil {
    for claim in catalogue.claims { precondition(catalogue[claim.id] != nil) }
  }
  if let values = again(PaperValues.self, bytes), values.flaw == nil {
    for value in values.values { _ = values.numbers(of: value.target) }
  }
  if let times = again(TrainingTimes.self, bytes) {
    _ = times.text
    for row in times.rows { _ = times.ratios(of: row.name, to: times.rows[0].name) }
  }
  if let findings = again([Finding].self, bytes) {
    for finding in findings { precondition(!finding.lines.isEmpty && !finding.description.isEmpty) }
  }
  _ = again([FigureTiming].self, bytes)
  _ = again([Erratum].self, bytes)
  if let tree = again(SeedTree.self, bytes) {
    let text = try? CanonicalJSON.encode(tree)
    precondition(
      (try? tree.joined(with: tree)).map { try? CanonicalJSON.encode($0) } != nil, "\(text as Any)")
  }
  if let summary = try? CanonicalJSON.decode(FigureSummary.self, from: bytes) {
    precondition(!summary.extent.isEmpty || summary.extent.isEmpty)
  }
  let text = String(decoding: bytes, as: UTF8.self)
  if let listing = RunListing(line: text) { precondition((try? listing.line) != nil) }
  if let absence = DataAbsenceLine(text) { precondition((try? absence.line) != nil) }
  return 0
}

/// A value whose canonical bytes read as themselves.
private func again<Value: Codable>(_ type: Value.Type, _ bytes: Data) -> Value? {
  guard let value = try? CanonicalJSON.decode(type, from: bytes) else { return nil }
  guard let text = try? CanonicalJSON.encode(value) else { preconditionFailure("\(value)") }
  let second = try? CanonicalJSON.encode(CanonicalJSON.decode(type, from: text))
  precondition(second == text, "\(String(decoding: text, as: UTF8.self))")
  return value
}
