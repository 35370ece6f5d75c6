"""
Measures kernels in turn, round after round, so that whatever else the machine does hits all alike.
Reads what to measure as JSON from standard input; prints each figure as a line of JSON.
"""

import json
import sys
import time

import memory
from client import Kernel

trivial_cells = 60
declarations = 300

# No round begins that would not end by then, in seconds: a busy machine gets fewer rounds, not a longer bench.
most_time = 300


def main():
    task = json.load(sys.stdin)
    begun = time.monotonic()
    for number in range(task["rounds"]):
        elapsed = time.monotonic() - begun
        if number and elapsed + elapsed / number > most_time:
            print(f"The machine is busy: {number} of {task['rounds']} rounds", file=sys.stderr)
            break
        for spec in task["kernels"]:
            for session in [work, footprint, output]:
                attempt(session, spec, task["directory"])
        print(f"round {number + 1} of {task['rounds']}", file=sys.stderr)


def attempt(session, spec, directory):
    def record(measure, value):
        print(json.dumps({"kernel": spec["name"], "measure": measure, "value": value}), flush=True)

    kernel = None
    try:
        kernel = Kernel(spec, directory)
        session(kernel, spec["cells"], record)
    except Exception as error:
        record("failed", f"{session.__name__}: {type(error).__name__} {error}")
    finally:
        if kernel:
            kernel.close()


def work(kernel, cells, record):
    """Speed of starting and of ordinary cells."""
    record("start", kernel.to_info)
    kernel.execute("1 + 1")
    record("first cell", time.perf_counter() - kernel.begun)
    for i in range(trivial_cells):
        seconds, _ = kernel.execute(f"1 + {i}")
        if i >= 10:
            record("trivial", seconds)
    for measure in ["long, first", "long, again"]:
        record(measure, kernel.execute(cells["long"])[0])
    for i in range(declarations):
        kernel.execute(cells["declaration"].replace("NUMBER", str(i)))
    for i in range(20):
        record("300th", kernel.execute(f"{i} + 1")[0])
    record("bundle", kernel.execute(cells["bundle"])[0])


def footprint(kernel, cells, record):
    """Memory, and the loops, which need the same quiet."""

    def weigh(measure):
        time.sleep(1)
        size = memory.of_tree(kernel.pid)
        if size:
            record(f"{measure}, pss", size["pss"])
            record(f"{measure}, rss", size["rss"])

    weigh("memory idle")
    kernel.execute("1 + 1")
    weigh("memory after first cell")
    if "mathjs" in cells:
        record("mathjs", kernel.execute(cells["mathjs"])[0])
        weigh("memory after mathjs")
    for name, text in cells["loops"].items():
        for before in text[:-1]:
            kernel.execute(before)
        record(name, kernel.execute(text[-1], timeout=60)[0])


def output(kernel, cells, record):
    """100,000 lines. The last session of a kernel, since some never come back from it."""
    kernel.execute("1 + 1")
    idle, before, after, last = kernel.lines(cells["lines"], timeout=20, quiet=4)
    record("lines", idle)
    record("lines before idle", before)
    record("lines after idle", after)
    record("last line", last)


main()
