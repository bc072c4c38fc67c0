import Foundation

extension EmittedPlan {
  /// A job array for each wave, a job that draws, and the script that submits them.
  var slurmScripts: [(String, String, Bool)] {
    let waves = plan.waves.indices.map { wave in
      ("wave-\(wave + 1).sbatch", array(wave), false)
    }
    return waves + [("render.sbatch", renderJob, false), ("submit", submission, true)]
  }

  /// A task for each line of the wave's file, with time for three times what it is likely to take.
  private func array(_ wave: Int) -> String {
    let shards = plan.waves[wave]
    let longest = (shards.map(\.seconds).max() ?? 0) / Double(cores)
    let minutes = max(10, Int((3 * longest / 60).rounded(.up)))
    let place = Self.quoted(folder.path)
    return """
      #!/bin/bash
      #SBATCH --job-name=refigure-wave-\(wave + 1)
      #SBATCH --array=1-\(shards.count)\(throttle.map { "%\($0)" } ?? "")
      #SBATCH --cpus-per-task=\(cores)
      #SBATCH --time=\(minutes)
      #SBATCH --requeue
      #SBATCH --signal=B:TERM@120
      #SBATCH --open-mode=append
      #SBATCH --output=\(folder.path)/wave-\(wave + 1)-%a.log
      # Ends in order when it is asked to, and asks to go on later: what is done is stored.
      set -m
      task=$(sed -n "${SLURM_ARRAY_TASK_ID}p" \(place)/\(taskName(wave)))
      bash -c "$task" &
      child=$!
      trap 'asked=1; kill -TERM -- -$child 2> /dev/null' TERM
      wait $child
      code=$?
      while kill -0 -- -$child 2> /dev/null; do sleep 1; done
      if [ -n "${asked:-}" ] || [ $code = 130 ]; then
        scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
      fi
      exit $code

      """
  }

  private var renderJob: String {
    """
    #!/bin/bash
    #SBATCH --job-name=refigure-render
    #SBATCH --cpus-per-task=\(cores)
    #SBATCH --output=\(folder.path)/render.log
    exec \(renderCommand)

    """
  }

  private var submission: String {
    """
    #!/bin/bash
    # Submits each wave after the one before, whatever has failed there, and the drawing at the end;
    # all of them or none.
    set -euo pipefail
    cd "$(dirname "$0")"
    if ! command -v sbatch > /dev/null; then
      echo "error: sbatch is not here; submit from a machine of the cluster, or run the .tasks files" >&2
      exit 1
    fi
    jobs=()
    trap 'echo "error: not submitted; taken back: ${jobs[*]:-nothing}" >&2
      if [ ${#jobs[@]} -gt 0 ]; then scancel "${jobs[@]}"; fi' ERR
    for script in \(plan.waves.indices.map { "wave-\($0 + 1).sbatch" }.joined(separator: " ")) render.sbatch; do
      after=${jobs[*]: -1}
      job=$(sbatch --parsable ${after:+--dependency=afterany:$after} "$script")
      jobs+=("${job%%;*}")
    done
    echo "${jobs[*]}"

    """
  }
}
