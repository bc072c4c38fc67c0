import Crypto
import Foundation

/// The SHA-256 digest of some bytes: 64 lower-case hexadecimal digits.
///
/// The same digits as `sha256sum` prints.
public func sha256(_ bytes: some DataProtocol) -> String {
  let digits = Array("0123456789abcdef".utf8)
  let hexadecimal = SHA256.hash(data: bytes).flatMap {
    [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
  }
  return String(decoding: hexadecimal, as: UTF8.self)
}
