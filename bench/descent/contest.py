"""Runs one contestant, as contest.mjs does."""

import json
import sys
import time

import numpy


def contest(name, prepare):
    for count in json.loads(sys.argv[1]):
        inputs = (numpy.arange(count) + 1) / count
        run = prepare(inputs, 2 * inputs, 0.1 / (inputs @ inputs))
        check = run(20)
        steps = enough(run, count)
        begun = time.perf_counter()
        run(steps)
        seconds = (time.perf_counter() - begun) / steps
        print(json.dumps({"name": name, "count": count, "check": check, "secondsPerStep": seconds}))


def enough(run, count):
    begun = time.perf_counter()
    run(5)
    per_step = (time.perf_counter() - begun) / 5
    wanted = 50 if count >= 1_000_000 else min(2e6, 0.5 / per_step)
    return max(3, min(round(wanted), round(4 / per_step)))
