import Foundation

extension EmittedPlan {
  /// One rule for all shards; a wave begins when the one before is done.
  var snakefile: String {
    let counts = plan.waves.map { "\($0.count)" }.joined(separator: ", ")
    return """
      # Walks the plan with Snakemake: snakemake --directory \(folder.path) --cores all --keep-going
      WAVES = [\(counts)]


      def before(wave):
          wave = int(wave) - 1
          return [f"done/{wave}/{shard}" for shard in range(1, WAVES[wave - 1] + 1)] if wave else []


      rule render:
          input:
              before(len(WAVES) + 1),
          threads: \(cores)
          shell:
              \(Self.literal(renderCommand))


      rule shard:
          input:
              lambda wildcards: before(wildcards.wave),
          output:
              touch("done/{wave}/{shard}"),
          threads: \(cores)
          shell:
              "bash -c \\"$(sed -n {wildcards.shard}p wave-{wildcards.wave}.tasks)\\""

      """
  }

  /// A command as a string of Python, in which braces mean something to Snakemake.
  private static func literal(_ command: String) -> String {
    "\""
      + command.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("{", with: "{{").replacing("}", with: "}}") + "\""
  }
}
