"""Runs one contestant on one task, as contest.mjs does."""

import json
import math
import sys
import time

import numpy

TIMED = 3
BLOCK = 0.1


def contest(name, prepare):
    with open(sys.argv[1]) as file:
        given = json.load(file)
    task = next(task for task in given["tasks"] if task["name"] == sys.argv[2])
    step = prepare(task | {"adam": given["adam"], "parameters": start_of(task["parameters"])})
    count = 0

    def following():
        nonlocal count
        count += 1
        return step((count - 1) % len(task["batches"]))

    losses = [following() for _ in range(given["checkedSteps"])]
    print(json.dumps({"name": name, "task": task["name"], "losses": losses} | timed(following)))


def start_of(parameters):
    begun = 0
    for parameter in parameters:
        count = math.prod(parameter["shape"])
        values = parameter["around"] + 0.08 * numpy.sin(numpy.arange(begun + 1.0, begun + count + 1) ** 2)
        parameter["values"] = values.astype(numpy.float32).reshape(parameter["shape"])
        begun += count
    return parameters


def enough(following):
    begun = time.perf_counter()
    taken = 0
    while taken < 3 or time.perf_counter() - begun < 5 * BLOCK:
        following()
        taken += 1
    return max(1, round(BLOCK * taken / (time.perf_counter() - begun)))


def timed(following):
    per_block = enough(following)
    begun, cpu = time.perf_counter(), time.process_time()
    blocks = []
    while time.perf_counter() - begun < TIMED:
        block = time.perf_counter()
        for _ in range(per_block):
            following()
        blocks.append((time.perf_counter() - block) * 1000 / per_block)
    return {"blocks": blocks, "processors": (time.process_time() - cpu) / (time.perf_counter() - begun)}
