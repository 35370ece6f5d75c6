"""What a front end shows while the learner types: through the protocol, with positions in code points."""

import pytest
from client import Kernel


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("Course")
    (root / "lib").mkdir()
    (root / "notebooks" / "en").mkdir(parents=True)
    (root / "lib" / "loss.ts").write_text("/** Mean of the squares. */\nexport function loss(xs: number[]): number {\n  return xs.length\n}\n")
    with Kernel(cwd=str(root / "notebooks" / "en")) as kernel:
        kernel.execute("import { loss } from '../../lib/loss.ts'")
        kernel.execute("/** How far a step goes. */\nlet rate = 0.1")
        kernel.execute("interface Options { rate: number; steps: number }\n/** Trains. */\nfunction train(o: Options) { return o }")
        yield kernel


def inspect(kernel, marked, detail_level=0):
    code, cursor = marked.replace("|", ""), marked.index("|")
    content = {"code": code, "cursor_pos": cursor, "detail_level": detail_level}
    reply = kernel.request("inspect_request", content)
    return reply["data"]["text/plain"] if reply["found"] else None


def complete(kernel, marked):
    code, cursor = marked.replace("|", ""), marked.index("|")
    reply = kernel.request("complete_request", {"code": code, "cursor_pos": cursor})
    start, end = reply["cursor_start"], reply["cursor_end"]
    return [code[:start] + match + code[end:] for match in reply["matches"]]


@pytest.mark.parametrize(
    "marked, detail_level, expected",
    [
        ("ra|te", 0, "let rate: number\n\nHow far a step goes."),
        ("ra|te", 1, "let rate: number\n\nHow far a step goes.\n\nlet rate = 0.1"),
        ("'😀'; ra|te", 0, "let rate: number\n\nHow far a step goes."),
        ("train(|", 0, "train(o: Options): Options\n\nTrains."),
        ("lo|ss", 0, "function loss(xs: number[]): number\n\nMean of the squares."),
        ("loss([1], |", 0, "loss(xs: number[]): number\n\nMean of the squares."),
        ("nothing|here", 0, None),
    ],
)
def test_inspection(course, marked, detail_level, expected):
    assert inspect(course, marked, detail_level) == expected


@pytest.mark.parametrize(
    "marked, expected",
    [
        ("'😀'.toUpp|", "'😀'.toUpperCase"),
        ("train({ st| })", "train({ steps })"),
        ("import { loss } from '../../lib/|'", "import { loss } from '../../lib/loss.ts'"),
        ("import { loss } from '../../lib/lo|", "import { loss } from '../../lib/loss.ts"),
        ("'😀'; rat|", "'😀'; rate"),
        ("import { lo| } from '../../lib/loss.ts'", "import { loss } from '../../lib/loss.ts'"),
    ],
)
def test_completion(course, marked, expected):
    assert expected in complete(course, marked)
