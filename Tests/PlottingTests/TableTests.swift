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
