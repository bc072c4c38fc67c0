import Execution
import Experiments
import Foundation
import Tensors

extension ValueCoding {
  /// The results of a program as the numbers of their leaves, one after another.
  package init<each Input: TensorTree, Output: TensorTree & SendableMetatype>(
    resultsOf program: Program<repeat each Input, Output>
  ) where Value == Output.Arrays {
    let template = program.template
    let shapes = Output.leaves(of: template).map(\.shape)
    self.init(
      byteCount: shapes.reduce(0) { $0 + $1.count } * MemoryLayout<Float>.stride,
      encode: { value in
        Output.leaves(of: value).reduce(into: Data()) { bytes, leaf in
          leaf.scalars.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
      },
      decode: { bytes in
        var (shapes, rest) = (shapes[...], bytes)
        return Output.arrays(like: template) {
          let shape = shapes.removeFirst()
          let own = rest.prefix(shape.count * MemoryLayout<Float>.stride)
          rest = rest.dropFirst(own.count)
          let scalars = [Float](unsafeUninitializedCapacity: shape.count) { buffer, count in
            count = own.copyBytes(to: buffer) / MemoryLayout<Float>.stride
          }
          return ShapedArray(scalars, shape: shape)
        }
      })
  }
}
