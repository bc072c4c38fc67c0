import Statistics
import Testing

@testable import Reproduction

struct TidyTableTests {
  @Test func whatASeedDoesNotHaveHasNoRow() {
    let quantity = Quantity("rate", at: ["method": "a"], whereKnown: PerSeed([0.5, nil, 0]))
    #expect(quantity.metrics.isEmpty)
    #expect(
      TidyTable([quantity]).csv == "quantity,method,seed,value\nrate,a,0,0.5\nrate,a,2,0.0\n")
  }

  @Test func csvIsQuotedWhereItMustBe() {
    var table = TidyTable(columns: ["name", "a \"b\""])
    table.append(["plain", 1])
    table.append(["with, comma", 0.1])
    table.append([.text("two\r\nlines"), .number(-.infinity)])
    table.append(["é ∂", .integer(-7)])
    #expect(
      table.csv
        == "name,\"a \"\"b\"\"\"\nplain,1\n\"with, comma\",0.1\n\"two\r\nlines\",-inf\né ∂,-7\n")
  }
}
