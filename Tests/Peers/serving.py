"""The line protocol between the runner and a benchmark process.

The runner writes `go`; the process runs one iteration and answers with one JSON line,
{"workload": "W1", "seconds": 0.12}. The end of the input ends the process.
"""

import argparse
import json
import sys
import time


def serve(workload, iterate):
    for line in sys.stdin:
        if line.strip() != "go":
            continue
        start = time.perf_counter()
        iterate()
        seconds = time.perf_counter() - start
        print(json.dumps({"workload": workload, "seconds": seconds}), flush=True)


def repeat(workload, iterate, count):
    """Without a runner: two iterations to compile and warm up, then `count` timed ones."""
    for i in range(count + 2):
        start = time.perf_counter()
        iterate()
        seconds = time.perf_counter() - start
        if i >= 2:
            print(json.dumps({"workload": workload, "seconds": seconds}), flush=True)


def arguments(description, default):
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", required=True)
    parser.add_argument("--variant", default=default)
    parser.add_argument("--serve", action="store_true", help="one iteration per line `go`")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--dump", metavar="FILE.npz", help="write loss and gradient, do not time")
    parser.add_argument("--double", action="store_true", help="compute in float64 (for --dump)")
    return parser.parse_args()
