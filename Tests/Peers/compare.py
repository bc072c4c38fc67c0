"""Our meta-iterations against the best PyTorch or JAX variant, interleaved.

    python compare.py PATH/TO/Benchmarks                 # all workloads, writes Data/benchmarks.md
    python compare.py PATH/TO/Benchmarks W1 W4           # some
    python compare.py --peers-only W1 --pairs 5          # how fast the peers are here

Both processes stay alive; in turn, each is asked for iterations (`go` on its standard input, one
JSON line with the seconds back). Which of the two goes first alternates. A pair gives one ratio;
the table shows the median ratio with the order-statistic interval of at least 95 % coverage, which
assumes nothing about the noise. Workloads of about a millisecond are asked for bursts, and a burst
counts with its median.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from importlib.metadata import version
from math import comb
from pathlib import Path

from workloads import WORKLOADS, flops

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# The fastest variant of each workload, fixed before any comparison (a sweep of all variants on two
# cores; where PyTorch and JAX were within the noise, the one that was ahead).
PEERS = {
    "W1": ("jax", "scan-im+2dev"),
    "W2": ("jax", "scan-im+2dev"),
    "W3": ("jax", "scan-im+2dev"),
    "W4": ("jax", "scan-im+2dev"),
    "W4f": ("torch", "cl+mp2"),
    "W5": ("torch", "compvmap"),
    "W5b": ("torch", "compvmap"),
    "W6": ("jax", "rr-im"),
    "W7": ("torch", "cl"),
    "W8": ("torch", "compim"),
}
# What differentiates forward over reverse, where most memory goes: MixFlow-MG.
MIXED = {"W4": ("jax", "scan-im+mix+2dev")}
BURSTS = {"W5": 50, "W5b": 30, "W6": 3, "W8": 3}
# Whose memory is also compared with that of PyTorch's ordinary loop, which compiles nothing.
EAGER = ["W2", "W4"]
# What several threads share: episodes, or one big step.
SPLIT = ["W1", "W2", "W3", "W4", "W6", "W7"]
# What inner steps are computed again for.
LIMITS = [("W4", 250)]
# What has convolutions.
CONVOLVED = ["W1", "W2", "W3", "W4", "W4f", "W6", "W7", "W8"]
# Some machines choose kernels for other programs' sake: here each side chooses its own.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}


class Failure(Exception):
    pass


class Process:
    """A benchmark process that answers `go` with the seconds of one iteration."""

    def __init__(self, command, workload, patience):
        self.workload, self.patience, self.name = workload, patience, Path(command[0]).name
        try:
            self.process = subprocess.Popen(
                command, cwd=HERE, env=ENVIRONMENT, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE)
        except OSError as error:
            raise Failure(f"cannot start {command[0]}: {error.strerror}") from None

    def iteration(self):
        alarm = threading.Timer(self.patience, self.process.kill)
        alarm.start()
        try:
            self.process.stdin.write("go\n")
            self.process.stdin.flush()
            for line in self.process.stdout:
                if line.startswith("{"):
                    return self.seconds(line)
        except BrokenPipeError:
            pass
        finally:
            alarm.cancel()
        raise Failure(f"{self.name} ended, or gave no answer in {self.patience} s")

    def seconds(self, line):
        try:
            answer = json.loads(line)
            if answer["workload"] != self.workload:
                raise Failure(f"{self.name} answered for {answer['workload']}, not {self.workload}")
            return float(answer["seconds"])
        except (json.JSONDecodeError, KeyError, TypeError, ValueError):
            raise Failure(f"{self.name} wrote a line that is not an answer: {line.strip()}")

    def turn(self, burst):
        time.sleep(0.02)  # lets the other side's spinning threads fall asleep
        return statistics.median(self.iteration() for _ in range(burst))

    def finish(self):
        """Ends the process; its peak resident memory in MB, with its children's where known."""
        children = sum(peak_memory(pid) for pid in descendants(self.process.pid))
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        alarm = threading.Timer(20, self.process.kill)
        alarm.start()
        _, status, usage = os.wait4(self.process.pid, 0)
        alarm.cancel()
        self.process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1e6 if platform.system() == "Darwin" else 1e3
        return usage.ru_maxrss / unit + children


def descendants(pid):
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [p for c in children for p in [int(c), *descendants(int(c))]]


def peak_memory(pid):
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) / 1e3
    except OSError:
        pass
    return 0.0


def median_interval(values):
    """(low, high, coverage): the narrowest symmetric order statistics with 95 % for the median."""
    values, n, best = sorted(values), len(values), None
    for k in range(1, (n + 1) // 2 + 1):
        coverage = 1 - 2 * sum(comb(n, i) for i in range(k)) / 2**n
        if coverage >= 0.95:
            best = values[k - 1], values[n - k], coverage
    return best or (values[0], values[-1], 1 - 2 / 2**n)


def measure(name, ours, options, peers):
    framework, variant = peers[name]
    commands = {"peer": [sys.executable, str(HERE / f"peers_{framework}.py"),
                         "--workload", name, "--variant", variant, "--serve"]}
    if ours:
        commands["ours"] = [ours, "--workload", name, "--threads", "2", "--serve"]
    burst, sides, times, memory = BURSTS.get(name, 1), {}, {}, {}
    try:
        for side, command in commands.items():
            sides[side] = Process(command, name, options.patience)
            start = time.perf_counter()
            for _ in range(3):
                sides[side].iteration()
            print(f"  {name} {side}: ready after {time.perf_counter() - start:.0f} s", flush=True)
            times[side] = []
        for pair in range(options.pairs):
            order = list(sides) if pair % 2 == 0 else list(sides)[::-1]
            for side in order:
                times[side].append(sides[side].turn(burst))
    finally:
        for side, process in sides.items():
            memory[side] = process.finish()
    row = {"workload": name, "peer": f"{framework} {variant}", "times": times, "memory": memory}
    if ours:
        ratios = [a / b for a, b in zip(times["ours"], times["peer"])]
        low, high, coverage = median_interval(ratios)
        row |= {"ratio": statistics.median(ratios), "low": low, "high": high,
                "coverage": coverage, "pairs": len(ratios)}
    return row


def eager_memory(name, options):
    """Peak memory in MB of PyTorch's eager loop after some iterations."""
    command = [sys.executable, str(HERE / "peers_torch.py"), "--workload", name,
               "--variant", "eager", "--serve"]
    process = Process(command, name, options.patience)
    try:
        for _ in range(6):
            process.iteration()
    finally:
        peak = process.finish()
    print(f"  {name} eager: {peak:.0f} MB", flush=True)
    return peak


def within(name, limit, ours, options):
    """Our peak memory in MB and seconds where values must do with so many MiB."""
    command = [ours, "--workload", name, "--threads", "2", "--memory", str(limit), "--serve"]
    process = Process(command, name, options.patience)
    try:
        seconds = statistics.median([process.iteration() for _ in range(9)][2:])
    finally:
        peak = process.finish()
    print(f"  {name} within {limit} MiB: {peak:.0f} MB, {seconds:.3g} s", flush=True)
    return name, limit, peak, seconds


def floor(name):
    """What the convolutions alone take with oneDNN, in seconds."""
    answer = subprocess.run([sys.executable, str(HERE / "floor.py"), "--workload", name], cwd=HERE,
                            env=ENVIRONMENT, capture_output=True, text=True)
    if answer.returncode:
        raise Failure(f"floor.py: {answer.stderr.strip().splitlines()[-1]}")
    seconds = json.loads(answer.stdout.splitlines()[-1])["seconds"]
    print(f"  {name} floor: {seconds:.3g} s", flush=True)
    return seconds


def kernels(ours):
    """The set of our kernels, as the first line of a benchmark names it."""
    first = subprocess.run([ours, "--workload", "W5", "--repeats", "1"], env=ENVIRONMENT,
                           check=True, capture_output=True, text=True).stdout.splitlines()[0]
    return first.rpartition(",")[2].split()[0]


def speedup(name, ours, options):
    """Our times with one thread and with two, interleaved."""
    commands = {n: [ours, "--workload", name, "--threads", str(n), "--serve"] for n in (1, 2)}
    sides, times = {}, {1: [], 2: []}
    try:
        for n, command in commands.items():
            sides[n] = Process(command, name, options.patience)
            for _ in range(2):
                sides[n].iteration()
        for pair in range(max(options.pairs // 2, 6)):
            for n in (1, 2) if pair % 2 == 0 else (2, 1):
                times[n].append(sides[n].turn(BURSTS.get(name, 1)))
    finally:
        for process in sides.values():
            process.finish()
    ratios = [a / b for a, b in zip(times[1], times[2])]
    print(f"  {name}: {statistics.median(ratios):.2f} times as fast with two threads", flush=True)
    return {"workload": name, "times": times, "ratio": statistics.median(ratios),
            "interval": median_interval(ratios)[:2]}


def significant(value, digits=3):
    return f"{value:.{digits}g}" if value < 10**digits else f"{value:.0f}"


def table(rows, place="", floors={}):
    heads = ["workload", "on", "peer", "ours, s", "peer, s", "ours / peer", "95 % interval",
             "oneDNN's convolutions, s", "ours, GFLOP/s", "peer, GFLOP/s", "ours, MB", "peer, MB"]
    body = []
    for row in rows:
        if "error" in row:
            body.append([row["workload"], place, row["error"]] + ["–"] * (len(heads) - 3))
            continue
        seconds = {side: statistics.median(t) for side, t in row["times"].items()}
        rate = {s: f"{flops(WORKLOADS[row['workload']]) / 1e9 / t:.1f}" for s, t in seconds.items()}
        both = "ratio" in row
        body.append([
            row["workload"], place, row["peer"],
            significant(seconds["ours"]) if both else "–", significant(seconds["peer"]),
            f"{row['ratio']:.2f}" if both else "–",
            f"{row['low']:.2f} – {row['high']:.2f}" if both else "–",
            significant(floors[row["workload"]]) if row["workload"] in floors else "–",
            rate.get("ours", "–"), rate["peer"],
            f"{row['memory']['ours']:.0f}" if both else "–", f"{row['memory']['peer']:.0f}"])
    return markdown(heads, body)


def markdown(heads, body):
    widths = [max(len(r[i]) for r in [heads, *body]) for i in range(len(heads))]
    lines = [heads, ["-" * w for w in widths], *body]
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(r, widths)) + " |" for r in lines)


def output_of(*command):
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def machine():
    memory = 0
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (OSError, ValueError):
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor()}, {cores} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def versions():
    swift = output_of("swift", "--version").splitlines()
    parts = [f"Refigure {output_of('git', 'describe', '--always', '--dirty') or 'unknown'}"]
    parts += [swift[0]] if swift else []
    parts += [f"Python {platform.python_version()}"]
    return ", ".join(parts + [f"{p} {version(p)}" for p in ("jax", "torch", "numpy")])


def report(rows, pairs, place, floors):
    measured = dict.fromkeys(row["workload"] for row in rows)
    workloads = "\n".join(f"* {name}: {WORKLOADS[name].about}" for name in measured)
    return f"""# Meta-iterations against PyTorch and JAX

Written by `Tests/Peers/compare.py`; its README says what is compared and how.

* Machine: {machine()}; two threads on each side
* Versions: {versions()}
* {pairs} interleaved pairs per workload; seconds are medians; a ratio below 1 means that ours is
  faster; its interval holds the median of the ratios with at least 95 % probability
* `OPENBLAS_CORETYPE` is unset for both sides; ours runs the kernels that stand behind the processor
* oneDNN's convolutions: what an iteration's convolutions alone take (`floor.py`), on two threads at best
* GFLOP/s count multiply-adds of convolutions and linear layers only
* MB: peak resident memory of the whole process, with the peers' Python and compiler

{table(rows, place, floors)}

{workloads}
"""


def memory_report(rows, eager, less):
    ours = {row["workload"]: row["memory"]["ours"] for row in rows}
    body = [[name, f"{ours[name]:.0f}", f"{peak:.0f}", f"{ours[name] / peak:.2f}"]
            for name, peak in eager.items()]
    limited = [[name, f"{limit}", f"{peak:.0f}", significant(seconds)]
               for name, limit, peak, seconds in less]
    return (
        "\n## Peak memory beside PyTorch's eager loop\n\n"
        "Of the whole process, after six iterations of the loop that compiles nothing.\n\n"
        + markdown(["workload", "ours, MB", "eager, MB", "ours / eager"], body) + "\n"
        + "\nOurs with so little memory for the values that inner steps are computed again.\n\n"
        + markdown(["workload", "MiB for values", "ours, MB", "ours, s"], limited) + "\n")


def speedup_report(speedups):
    body = [[s["workload"], *(significant(statistics.median(s["times"][n])) for n in (1, 2)),
             f"{s['ratio']:.2f}", f"{s['interval'][0]:.2f} – {s['interval'][1]:.2f}"]
            for s in speedups]
    return (
        "\n## Ours, from one thread to two\n\n"
        + markdown(["workload", "one, s", "two, s", "speed-up", "95 % interval"], body) + "\n")


def growth(ours):
    """Our own time against inner steps, episodes and shots."""
    tables = subprocess.run([ours, "--growth"], check=True, capture_output=True, text=True).stdout
    return (
        "\n## Growth of W1's meta-iteration\n\n"
        "Medians of two threads; the last column is the distance from the straight line through\n"
        "them: cost is linear in each.\n\n" + tables.strip() + "\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("arguments", nargs="*", metavar="[EXECUTABLE] [WORKLOAD ...]")
    parser.add_argument("--peers-only", action="store_true")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--patience", type=int, default=600, metavar="SECONDS",
                        help="longest wait for one answer, compilation included")
    parser.add_argument("--output", type=Path, default=ROOT / "Data/benchmarks.md")
    parser.add_argument("--raw", type=Path, help="also write all times, as JSON")
    options = parser.parse_args()
    names, ours = options.arguments, None
    if not options.peers_only:
        if not names:
            parser.error("the path of our benchmark executable is missing")
        ours = str(Path(names.pop(0)).resolve())
        if not os.access(ours, os.X_OK):
            parser.error(f"{ours} is not an executable; build it with `make benchmark`")
        if options.pairs < 6:
            parser.error("--pairs must be at least 6, fewer give no 95 % interval")
    unknown = [n for n in names if n not in WORKLOADS]
    if unknown:
        parser.error(f"no workload {unknown[0]}; there are {', '.join(WORKLOADS)}")
    rows = []
    wanted = names or list(WORKLOADS)
    mixed = [(name, MIXED) for name in wanted if ours and name in MIXED]
    for name, peers in [(name, PEERS) for name in wanted] + mixed:
        try:
            rows.append(measure(name, ours, options, peers))
        except Failure as failure:
            print(f"  {name}: {failure}", file=sys.stderr)
            rows.append({"workload": name, "error": str(failure)})
    print(table(rows))
    if options.raw:
        options.raw.write_text(json.dumps(rows, indent=1) + "\n")
    failed = any("error" in row for row in rows)
    if ours and not failed:
        measured = [row["workload"] for row in rows]
        place = f"{processor()}, {kernels(ours)}"
        floors = {name: floor(name) for name in CONVOLVED if name in measured}
        eager = {name: eager_memory(name, options) for name in EAGER if name in measured}
        speedups = [speedup(name, ours, options) for name in SPLIT if name in measured]
        less = [within(name, limit, ours, options) for name, limit in LIMITS if name in measured]
        text = report(rows, options.pairs, place, floors)
        text += memory_report(rows, eager, less) if eager else ""
        text += speedup_report(speedups) if speedups else ""
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(text + growth(ours))
        print(f"wrote {options.output}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
