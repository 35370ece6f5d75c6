"""Notebooks written for tslab: what the package tslab itself would send is what the kernel sends."""

import json
import subprocess
from pathlib import Path

import pytest
from client import Kernel

ROOT = Path(__file__).parents[2]

# Bodies, as TypeScript: text, text beyond ASCII, bytes, and a view of a part of other bytes.
TEXT = ["'<b>1</b>'", "''", "'学习 😀'"]
BYTES = [
    "new Uint8Array([0, 127, 255])",
    "Buffer.from('iVBOR', 'latin1')",
    "new Uint8Array([1, 2, 3, 4]).subarray(1, 3)",
    "new Uint8Array()",
]
CALLS = (
    [f"display.{method}({body})" for method in ["javascript", "html", "markdown", "latex", "svg", "text"] for body in TEXT]
    + [f"display.{method}({body})" for method in ["png", "jpeg", "gif", "pdf"] for body in BYTES]
    + [f"display.raw('{mime}', {body})" for mime in ["application/json", "text/x-own"] for body in TEXT + BYTES]
    + ["display.raw('application/json', { a: [1, null] })", "display.html(Buffer.from('x') as any)"]
)

UPDATES = [
    "const one = newDisplay(), two = newDisplay()",
    "one.text('first')",
    "two.html('<i>other</i>')",
    "one.text('second')",
    "one.png(new Uint8Array([1, 2]))",
    "two.raw('text/markdown', '*third*')",
]

# The package with its sender replaced: type and content of every message.
PEER = """
const jupyter = require('tslab/dist/jupyter.js');
const sent = [];
jupyter.lastWriteDisplayData = (content, update) => sent.push([update ? 'update_display_data' : 'display_data', content]);
const { display, newDisplay } = require('tslab');
for (const line of JSON.parse(process.argv[1])) eval(line.replaceAll(' as any', '').replace('const one', 'var one'));
console.log(JSON.stringify(sent));
"""


def peer(lines):
    command = ["node", "-e", PEER, json.dumps(lines)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    return numbered(json.loads(done.stdout))


def own(kernel, lines):
    sent = []
    for line in lines:
        reply, outputs = kernel.execute(line)
        assert reply["status"] == "ok", reply
        sent += [[m["msg_type"], m["content"]] for m in outputs]
    return numbered(sent)


def numbered(sent):
    """Display ids are random in both: only which are the same matters."""
    ids = []
    for _, content in sent:
        display_id = content["transient"].get("display_id")
        if display_id is not None:
            ids += [display_id] if display_id not in ids else []
            content["transient"]["display_id"] = ids.index(display_id)
    return sent


def test_every_method_sends_the_same_bundle(kernel):
    kernel.execute("import { display, newDisplay, versions } from 'tslab'")
    assert own(kernel, CALLS) == peer(CALLS)


def test_updates(kernel):
    kernel.execute("import { newDisplay } from 'tslab'")
    found = own(kernel, UPDATES)
    assert found == peer(UPDATES)
    assert [kind for kind, _ in found] == ["display_data"] * 2 + ["update_display_data"] * 3


def test_a_new_display_is_never_an_earlier_one(kernel):
    with Kernel() as another:
        ids = []
        for each in (kernel, another):
            _, outputs = each.execute("import * as t from 'tslab'\nt.newDisplay().text('x')")
            ids.append(outputs[0]["content"]["transient"]["display_id"])
        assert ids[0] != ids[1]


@pytest.mark.parametrize(
    "cells",
    [
        ["import * as tslab from 'tslab'", "tslab.display.html('<b>1</b>')"],
        ["import * as tslab from \"tslab\";\ntslab.display.html('<b>1</b>');"],
        ["import { display } from 'tslab'", "display.html('<b>1</b>')"],
        ["const tslab = require('tslab')", "tslab.display.html('<b>1</b>')"],
        ["const { display: show } = await import('tslab')", "show.html('<b>1</b>')"],
        ["import type { Display } from 'tslab'; import { newDisplay } from 'tslab'", "const d: Display = newDisplay(); d.html('<b>1</b>')"],
        ["import { display } from 'tslab'", "const { html } = display; html('<b>1</b>')"],
    ],
)
def test_forms_of_import(kernel, cells):
    for cell in cells[:-1]:
        assert kernel.execute(cell)[0]["status"] == "ok"
    _, outputs = kernel.execute(cells[-1])
    assert [m["content"]["data"] for m in outputs] == [{"text/html": "<b>1</b>"}]


def test_versions(kernel):
    installed = json.loads((ROOT / "node_modules/tslab/package.json").read_text())["version"]
    assert kernel.value("import { versions } from 'tslab'\nversions.tslab") == f"'{installed}'"
    assert kernel.value("versions.node === process.version") == "true"
    assert kernel.value("Object.keys(versions)") == "[ 'tslab', 'typescript', 'node' ]"


def test_a_notebook_written_for_tslab(kernel):
    """As tslab's own example notebooks go."""
    assert kernel.text("console.log(`Hello, tslab`)\nconsole.log(`Node.js: ${process.version}`)").startswith("Hello")
    kernel.execute("/** naiveFib calculates Fibonacci numbers. */\nfunction naiveFib(n: number): number {\n"
                   "    if (n > 1) {\n        return naiveFib(n - 1) + naiveFib(n - 2);\n    }\n    return 1;\n}")
    assert kernel.text("{\n    const n = 10;\n    console.log(naiveFib(n))\n}") == "89\n"
    assert kernel.text("interface Hello {\n    getMessage(): string;\n}\n\nclass HelloImpl implements Hello {\n"
                       "    private name: string;\n\n    constructor(name: string) {\n        this.name = name;\n    }\n\n"
                       "    getMessage(): string {\n        return `Hello, ${this.name}`;\n    }\n}\n\n"
                       "function printMessage(h: Hello) {\n    console.log(h.getMessage());\n}\n\n"
                       "printMessage(new HelloImpl('tslab'));") == "Hello, tslab\n"
    value = kernel.value("let sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));\n"
                         "const start = Date.now();\n// Top-level await.\nawait sleep(5);\n`Slept`")
    assert value == "'Slept'"
    assert kernel.value("sleep(1);").startswith("Promise { <pending> }")
    assert kernel.value("import fs from \"fs\";\nimport * as tslab from \"tslab\";\nfs.existsSync('.')") == "true"
    assert kernel.value("import * as path from 'path'\npath.join('a', 'b')") == "'a/b'"


def test_a_notebook_that_leaves_types_out(tmp_path):
    """tslab is not strict; a project says so in its tsconfig.json."""
    (tmp_path / "tsconfig.json").write_text('{ "compilerOptions": { "strict": false } }')
    with Kernel(cwd=str(tmp_path)) as kernel:
        kernel.execute("const zs = [];\nfor (let x = 0; x < 2; x++) {\n  const row = [];\n  zs.push(row);\n"
                       "  for (let y = 0; y < 2; y++) {\n    row.push(x * y);\n  }\n}")
        assert kernel.value("zs.push([7]);\nzs") == "[ [ 0, 0 ], [ 0, 1 ], [ 7 ] ]"
        assert kernel.value("function loose(a, b?) { return a + b.length }\nloose('x', 'yy')") == "'x2'"


def test_objects_are_shown_as_the_json_that_they_give(kernel):
    body = "{ at: new URL('http://a/'), own: { toJSON: () => [1] }, call: () => 1, list: new Proxy([2], {}) }"
    _, outputs = kernel.execute(f"display.raw('application/json', {body})")
    assert outputs[0]["content"]["data"]["application/json"] == {"at": "http://a/", "own": [1], "list": [2]}
    reply, _ = kernel.execute("display.raw('application/json', { n: 1n })")
    assert "BigInt" in reply["evalue"]
