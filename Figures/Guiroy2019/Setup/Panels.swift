import DataSets
import MetaLearners

/// Which settings a figure shows.
package enum Panels: Sendable {
  /// All forms of the preset, in both orders.
  case all
  /// The preset's first form, in both orders.
  case firstForm
  /// Those of the paper, with so many inner steps if they are not the preset's; but for forms that the
  /// preset leaves to the paper's budget.
  case listed([Panel], steps: Int? = nil)

  /// A panel of the paper.
  package struct Panel: Sendable {
    var set: ImageSet
    var form: ImageSettings.Form
    var order: Order

    /// MAML of an order on a form of episodes.
    package init(_ set: ImageSet, _ ways: Int, _ shots: Int, _ order: Order) {
      (self.set, self.form, self.order) = (set, .init(ways, shots), order)
    }
  }

  func settings(of images: String, _ set: ImageSet, _ own: ImageSettings) -> [Setting] {
    func bothOrders(_ forms: [ImageSettings.Form]) -> [Setting] {
      forms.flatMap { form in
        [Order.first, .second].map { Setting(images: images, form: form, order: $0) }
      }
    }
    switch self {
    case .all: return bothOrders(own.forms)
    case .firstForm: return bothOrders(Array(own.forms.prefix(1)))
    case .listed(let panels, let steps):
      return panels.filter { $0.set == set && !own.leftToPaper.contains($0.form) }.map {
        Setting(images: images, form: $0.form, order: $0.order, steps: steps)
      }
    }
  }
}
