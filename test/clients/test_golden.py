"""
Mistakes of learners and the exact text that they see, one file each in golden/: files, cells, and what the last cell
shows. `UPDATE_GOLDEN=1 pytest test/clients/test_golden.py` writes the text anew: read the difference as a learner would.
"""

import os
import re
from pathlib import Path

import pytest
from client import Kernel

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))
SHOWN = "--- shown\n"

# What belongs to the kernel and means nothing to a learner.
PRIVATE = ["dist/", "$$", "__cell_", "node:", "cell:", "(0 ,", "file://", "main.cjs", "/tmp"]


def parts(text):
    """`--- lib/loss.ts` begins a file, `--- cell` a cell; each lasts to the next line of the kind."""
    found = re.split(r"^--- (.+)\n", text.split(SHOWN)[0], flags=re.MULTILINE)
    return list(zip(found[1::2], found[2::2]))


def show(text, root):
    notebooks = root / "notebooks" / "en"
    notebooks.mkdir(parents=True)
    (root / "tsconfig.json").write_text('{ "compilerOptions": { "strict": true, "noUncheckedIndexedAccess": true } }')
    cells = []
    for name, body in parts(text):
        if name == "cell":
            cells.append(body.removesuffix("\n"))
        else:
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(body)
    with Kernel(cwd=str(notebooks)) as kernel:
        for cell in cells[:-1]:
            kernel.execute(cell)
        message_id = kernel.client.execute(cells[-1])
        reply = kernel.reply(message_id)
        messages = kernel.iopub(message_id)
        if reply["status"] == "ok" and not outputs(messages):
            messages += kernel.late(message_id, 1)
        # Node 22 says more than Node 20 of where JSON is broken.
        return re.sub(r" \(line \d+ column \d+\)", "", "\n".join(outputs(messages))) + "\n"


def outputs(messages):
    shown = []
    for message in messages:
        content = message["content"]
        if message["msg_type"] == "error":
            shown.append("\n".join(content["traceback"]))
        elif message["msg_type"] == "stream":
            shown.append(content["text"].rstrip("\n"))
        elif message["msg_type"] == "execute_result":
            shown.append(content["data"]["text/plain"])
    return shown


@pytest.mark.parametrize("file", GOLDEN, ids=[file.stem for file in GOLDEN])
def test_golden(file, tmp_path):
    text = file.read_text(encoding="utf-8")
    shown = show(text, tmp_path)
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text.split(SHOWN)[0] + SHOWN + shown, encoding="utf-8")
    else:
        assert shown == text.split(SHOWN)[1]
    assert not [word for word in PRIVATE if word in shown]


def test_there_are_thirty():
    assert len(GOLDEN) >= 30
