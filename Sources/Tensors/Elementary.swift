import Foundation

/// The C library's elementary functions in double precision, under one name on every platform.
enum Elementary {
  static func exp(_ x: Double) -> Double { Foundation.exp(x) }
  static func log(_ x: Double) -> Double { Foundation.log(x) }
  static func log1p(_ x: Double) -> Double { Foundation.log1p(x) }
  static func tanh(_ x: Double) -> Double { Foundation.tanh(x) }
  static func sin(_ x: Double) -> Double { Foundation.sin(x) }
  static func cos(_ x: Double) -> Double { Foundation.cos(x) }
}
