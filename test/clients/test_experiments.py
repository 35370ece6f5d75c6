"""Experimenting is safe: every code cell of the course is broken twice, and works again once mended."""

import json
from pathlib import Path

import pytest
from client import Kernel

COURSE = Path(__file__).parents[2] / "notebooks" / "en"
NOTEBOOKS = sorted(path.name for path in COURSE.glob("*.ipynb"))


def code_cells(name):
    notebook = json.loads((COURSE / name).read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def first_line(reply):
    assert reply["status"] == "error", reply
    return reply["traceback"][0].split("\n")[0]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_cell_broken_once(name):
    with Kernel(cwd=str(COURSE)) as kernel:
        for cell in code_cells(name):
            line = cell.count("\n") + 2
            reply, _ = kernel.execute(f"{cell}\nconst mistyped: number = 'text';", timeout=60)
            assert f"Cell [{reply['execution_count']}]:{line}:7 - error TS2322" in first_line(reply), cell
            reply, _ = kernel.execute(f"{cell}\nthrow new Error('on purpose');", timeout=60)
            assert first_line(reply) == "Error: on purpose", cell
            assert f"Cell [{reply['execution_count']}]:{line}:7" in "\n".join(reply["traceback"]), cell
            reply, _ = kernel.execute(cell, timeout=60)
            assert reply["status"] == "ok", (cell, reply)
