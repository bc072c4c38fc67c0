import Plotting
import Testing

struct TableTests {
  private let table = Table(
    "Accuracy", columns: [.init("5-way", digits: 1), .init("loss, mean", best: .lowest)],
    caption: "3 seeds"
  ) {
    Table.Row("MAML", [.value(66.42, 65.4...67.44, paper: 66.13), .value(0.5)])
    Table.Row("a | b", [.value(66.4), .value(-0.25, -0.9...0.1)])
    Table.Row("T-Net", [.paper(70), .missing])
  }

  @Test func writesMarkdown() {
    #expect(
      table.markdown == """
        **Accuracy**

        |  | 5-way | loss, mean |
        |---|---:|---:|
        | MAML | **66.4 ± 1.0** (paper 66.1) | 0.50 |
        | a \\| b | **66.4** | **−0.25 [−0.90, 0.10]** |
        | T-Net | – (paper 70.0) | – |

        3 seeds

        """)
  }

  /// One way of writing in a column: both ends as soon as one interval is lopsided.
  @Test func aColumnHasOneKindOfInterval() {
    let table = Table("Accuracy", columns: [.init("5-way", digits: 1), .init("20-way", digits: 1)])
    {
      Table.Row("MAML", [.value(66, 65...67), .value(50, 48...52)])
      Table.Row("TURTLE", [.value(60, 40...61), .value(55, 54...56)])
    }
    #expect(table.markdown.contains("| MAML | **66.0 [65.0, 67.0]** | 50.0 ± 2.0 |"))
    #expect(table.markdown.contains("| TURTLE | 60.0 [40.0, 61.0] | **55.0 ± 1.0** |"))
  }

  @Test func writesCSV() {
    #expect(
      table.csv == """
        row,column,value,lower,upper,paper
        MAML,5-way,66.42,65.4,67.44,66.13
        MAML,"loss, mean",0.5,,,
        a | b,5-way,66.4,,,
        a | b,"loss, mean",-0.25,-0.9,0.1,
        T-Net,5-way,,,,70.0
        T-Net,"loss, mean",,,,

        """)
  }
}
