import DataSets
import MetaLearners

/// MAML of one order on one form of episodes of some images: what the paper runs with several seeds.
package struct Setting: Codable, Hashable, Sendable {
  /// How the images are called: `glyphs`, `Omniglot`.
  package var images: String
  package var form: ImageSettings.Form
  package var order: Order
  /// The inner steps, if they are not the preset's.
  package var steps: Int?

  package init(images: String, form: ImageSettings.Form, order: Order, steps: Int? = nil) {
    (self.images, self.form, self.order, self.steps) = (images, form, order, steps)
  }

  /// `glyphs 5-way 1-shot`.
  package var title: String { "\(images) \(form.ways)-way \(form.shots)-shot" }
  /// `glyphs 5-way 1-shot, first order`.
  package var fullTitle: String { "\(title), \(order.title)" }
  /// Its words in the CSV file.
  package var columns: KeyValuePairs<String, String> {
    ["setting": title, "order": order.title]
  }
  /// For names of metrics: `glyphs-5-way-1-shot-first-order`.
  package var key: String { fullTitle.replacing(",", with: "").replacing(" ", with: "-") }
}

extension Order {
  package var title: String { self == .first ? "first order" : "second order" }
}
